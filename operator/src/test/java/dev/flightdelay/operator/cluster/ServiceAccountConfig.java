package dev.flightdelay.operator.cluster;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.util.List;

/** How a client reaches the API server with the rights of a ServiceAccount, and no others. */
public final class ServiceAccountConfig {
  private static final long ONE_DAY = 24 * 60 * 60;

  private ServiceAccountConfig() {}

  /**
   * Makes the ServiceAccount with a Role of these rules, and a token for it.
   *
   * @param address where the client is to find the API server: itself, or a proxy before it
   */
  public static Config create(
      ApiServer server, String namespace, String name, List<PolicyRule> rules, URI address) {
    KubernetesClient admin = server.client();
    // spotless:off
    admin
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .build())
        .serverSideApply();
    // spotless:on
    bind(server, namespace, name, rules, namespace);
    String token =
        admin
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(name)
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(ONE_DAY)
                    .endSpec()
                    .build())
            .getStatus()
            .getToken();
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(address.toString())
        .withNamespace(namespace)
        .withOauthToken(token)
        .build();
  }

  /**
   * Gives a ServiceAccount these rights in a namespace.
   *
   * @param home the ServiceAccount's own namespace
   */
  static void bind(
      ApiServer server, String namespace, String name, List<PolicyRule> rules, String home) {
    KubernetesClient admin = server.client();
    // spotless:off
    admin
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withRules(rules)
                .build())
        .serverSideApply();
    admin
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withNewRoleRef()
                .withApiGroup("rbac.authorization.k8s.io")
                .withKind("Role")
                .withName(name)
                .endRoleRef()
                .addNewSubject()
                .withKind("ServiceAccount")
                .withName(name)
                .withNamespace(home)
                .endSubject()
                .build())
        .serverSideApply();
    // spotless:on
  }

  /** Gives the ServiceAccount these rights, and no others. */
  static void permit(ApiServer server, String namespace, String name, List<PolicyRule> rules) {
    // spotless:off
    server.client().resource(new RoleBuilder()
        .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
        .endMetadata()
        .withRules(rules)
        .build()).forceConflicts().serverSideApply();
    // spotless:on
  }
}
