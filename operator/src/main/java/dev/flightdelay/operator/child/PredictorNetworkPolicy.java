package dev.flightdelay.operator.child;

import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.api.v1alpha1.auth.AuthScheme;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Who may reach a version's pods, and whom they may reach: predictions from everywhere (who may ask
 * is the predictor's to say), metrics and facts only for scrapers and the operator; outwards only
 * what fetching the model and checking callers needs.
 */
public final class PredictorNetworkPolicy {

  private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";
  private static final String LINK_LOCAL = "169.254.0.0/16";

  /**
   * Link-local addresses, AWS's metadata, and the IPv4 ones behind NAT64, SIIT, Teredo and 6to4.
   */
  private static final List<String> LINK_LOCAL_V6 =
      List.of(
          "fd00:ec2::254/128",
          "fe80::/10",
          "64:ff9b::a9fe:0/112",
          "64:ff9b:1::/48",
          "::ffff:0:0:0/96",
          "2001::/32",
          "2002:a9fe::/32");

  /** GKE's metadata server, where Workload Identity gets its tokens. */
  private static final Map<String, Integer> METADATA_SERVER =
      Map.of("169.254.169.252/32", 988, "169.254.169.254/32", 80);

  private PredictorNetworkPolicy() {}

  /** The NetworkPolicy of a version. */
  public static NetworkPolicy desired(DesiredVersion version) {
    // spotless:off
    return new NetworkPolicyBuilder()
        .withMetadata(version.metadata(Map.of()))
        .withNewSpec()
          .withNewPodSelector()
            .withMatchLabels(version.selector())
          .endPodSelector()
          .withPolicyTypes("Ingress", "Egress")
          .withIngress(predictions(), management(version.settings()))
          .withEgress(egress(version.spec().authSchemes(), version.version()))
        .endSpec()
        .build();
    // spotless:on
  }

  private static NetworkPolicyIngressRule predictions() {
    // spotless:off
    return new NetworkPolicyIngressRuleBuilder()
        .addNewPort()
          .withProtocol("TCP")
          .withPort(new IntOrString(PredictorPod.HTTP_PORT))
        .endPort()
        .build();
    // spotless:on
  }

  private static NetworkPolicyIngressRule management(ChildSettings settings) {
    var namespaces = new TreeSet<>(settings.scraperNamespaces());
    namespaces.add(settings.operatorNamespace());
    List<NetworkPolicyPeer> peers =
        namespaces.stream().map(PredictorNetworkPolicy::inNamespace).toList();
    // spotless:off
    return new NetworkPolicyIngressRuleBuilder()
        .withFrom(peers)
        .addNewPort()
          .withProtocol("TCP")
          .withPort(new IntOrString(PredictorPod.MANAGEMENT_PORT))
        .endPort()
        .build();
    // spotless:on
  }

  private static NetworkPolicyPeer inNamespace(String namespace) {
    // spotless:off
    return new NetworkPolicyPeerBuilder()
        .withNewNamespaceSelector()
          .addToMatchLabels(NAMESPACE_NAME, namespace)
        .endNamespaceSelector()
        .build();
    // spotless:on
  }

  private static List<NetworkPolicyEgressRule> egress(
      List<AuthScheme> schemes, ModelVersion version) {
    boolean fetched = ModelLocation.of(version.model()) instanceof ModelLocation.Fetched;
    boolean asksOthers = schemes.stream().anyMatch(AuthScheme::asksOthers);
    List<NetworkPolicyEgressRule> rules = new ArrayList<>();
    if (fetched || asksOthers) {
      rules.add(dns());
      rules.add(everythingButLinkLocal());
    }
    if (version.model().uri().startsWith("gs://")) {
      METADATA_SERVER.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(server -> rules.add(address(server.getKey(), server.getValue())));
    }
    return rules;
  }

  private static NetworkPolicyEgressRule dns() {
    // spotless:off
    return new NetworkPolicyEgressRuleBuilder()
        .addNewPort()
          .withProtocol("UDP")
          .withPort(new IntOrString(53))
        .endPort()
        .addNewPort()
          .withProtocol("TCP")
          .withPort(new IntOrString(53))
        .endPort()
        .build();
    // spotless:on
  }

  /** Which port a store has behind its Service is not known here, so every TCP port. */
  private static NetworkPolicyEgressRule everythingButLinkLocal() {
    // spotless:off
    return new NetworkPolicyEgressRuleBuilder()
        .addNewTo()
          .withNewIpBlock()
            .withCidr("0.0.0.0/0")
            .withExcept(LINK_LOCAL)
          .endIpBlock()
        .endTo()
        .addNewTo()
          .withNewIpBlock()
            .withCidr("::/0")
            .withExcept(LINK_LOCAL_V6)
          .endIpBlock()
        .endTo()
        .addNewPort()
          .withProtocol("TCP")
          .withPort(new IntOrString(1))
          .withEndPort(65535)
        .endPort()
        .build();
    // spotless:on
  }

  private static NetworkPolicyEgressRule address(String cidr, int port) {
    // spotless:off
    return new NetworkPolicyEgressRuleBuilder()
        .addNewTo()
          .withNewIpBlock()
            .withCidr(cidr)
          .endIpBlock()
        .endTo()
        .addNewPort()
          .withProtocol("TCP")
          .withPort(new IntOrString(port))
        .endPort()
        .build();
    // spotless:on
  }
}
