package dev.flightdelay.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelSpec;
import dev.flightdelay.operator.api.v1alpha1.ParentRef;
import dev.flightdelay.operator.child.Naming;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HostClaimTest {

  private static final String OLD = "2026-11-20T10:00:00Z";
  private static final String NEW = "2026-11-21T10:00:00Z";
  private static final String LATER = "2026-11-22T10:00:00Z";

  /** The models' cache with its one index. */
  private record Models(FlightDelayModel... models)
      implements IndexedResourceCache<FlightDelayModel> {

    @Override
    public List<FlightDelayModel> byIndex(String index, String key) {
      assertThat(index).isEqualTo(HostClaim.INDEX);
      return Stream.of(models).filter(model -> HostClaim.of(model).contains(key)).toList();
    }

    @Override
    public Optional<FlightDelayModel> get(ResourceID id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Stream<ResourceID> keys() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Stream<FlightDelayModel> list(Predicate<FlightDelayModel> predicate) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Stream<FlightDelayModel> list(String namespace, Predicate<FlightDelayModel> predicate) {
      throw new UnsupportedOperationException();
    }
  }

  private static FlightDelayModel model(
      String namespace, String name, String created, Expose expose) {
    FlightDelayModel model = new FlightDelayModel();
    model.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(name)
            .withUid(namespace + name + created)
            .withCreationTimestamp(created)
            .build());
    model.setSpec(new FlightDelayModelSpec(null, null, null, expose, null, null, null, null));
    return model;
  }

  private static Expose ingress(String ingressClass, String host) {
    return new Expose(Expose.Type.Ingress, host, ingressClass, null, null);
  }

  private static Expose gateway(String namespace, String name, String host) {
    return new Expose(
        Expose.Type.HTTPRoute,
        host,
        null,
        null,
        List.of(new ParentRef(name, namespace, null, null)));
  }

  private static Optional<String> takenBy(FlightDelayModel model, FlightDelayModel... others) {
    return takenBy(model, Optional.empty(), List.of(), others);
  }

  private static Optional<String> takenBy(
      FlightDelayModel model,
      Optional<String> defaultClass,
      List<? extends HasMetadata> routes,
      FlightDelayModel... others) {
    return new HostClaim(_ -> routes.stream(), () -> defaultClass)
        .takenBy(
            model,
            new Models(
                Stream.concat(Stream.of(model), Stream.of(others))
                    .toArray(FlightDelayModel[]::new)));
  }

  @Test
  void leavesAHostToTheOlderModel() {
    FlightDelayModel older = model("a", "first", OLD, ingress(null, "delays.example.com"));
    FlightDelayModel newer = model("b", "second", NEW, ingress(null, "delays.example.com"));

    assertThat(takenBy(newer, older)).hasValue("a/first");
    assertThat(takenBy(older, newer)).isEmpty();
  }

  @Test
  void leavesAHostToTheFirstByNameOfTwoOfTheSameSecond() {
    FlightDelayModel first = model("a", "first", OLD, ingress(null, "delays.example.com"));
    FlightDelayModel second = model("a", "second", OLD, ingress(null, "delays.example.com"));

    assertThat(takenBy(second, first)).hasValue("a/first");
    assertThat(takenBy(first, second)).isEmpty();
  }

  @Test
  void claimsThePathOfItsNameWithoutAHost() {
    FlightDelayModel older = model("a", "delays", OLD, ingress(null, null));

    assertThat(takenBy(model("b", "delays", NEW, ingress(null, null)), older)).hasValue("a/delays");
    assertThat(takenBy(model("b", "others", NEW, ingress(null, null)), older)).isEmpty();
  }

  @Test
  void claimsNothingAtAnotherLoadBalancer() {
    FlightDelayModel older = model("a", "delays", OLD, ingress("nginx", "delays.example.com"));

    assertThat(takenBy(model("b", "x", NEW, ingress("traefik", "delays.example.com")), older))
        .isEmpty();
  }

  @Test
  void leavesToAnIngressWhatAnHttpRouteWouldTakeAndTheOtherWayRound() {
    FlightDelayModel ingress = model("a", "delays", OLD, ingress("nginx", "h.example"));
    FlightDelayModel route = model("b", "x", NEW, gateway(null, "nginx", "h.example"));
    FlightDelayModel newer = model("c", "y", LATER, ingress("traefik", "h.example"));

    assertThat(takenBy(route, ingress)).hasValue("a/delays");
    assertThat(takenBy(newer, route)).hasValue("b/x");
  }

  @Test
  void takesAClassThatIsNotKnownForAny() {
    FlightDelayModel nginx = model("a", "delays", OLD, ingress("nginx", "h.example"));
    FlightDelayModel open = model("b", "x", NEW, ingress(null, "h.example"));

    assertThat(takenBy(open, nginx)).hasValue("a/delays");
    assertThat(takenBy(open, Optional.of("nginx"), List.of(), nginx)).hasValue("a/delays");
    assertThat(takenBy(open, Optional.of("traefik"), List.of(), nginx)).isEmpty();
  }

  @Test
  void knowsTheClassThatTheApiServerHasChosen() {
    FlightDelayModel open = model("a", "delays", OLD, ingress(null, "h.example"));
    FlightDelayModel nginx = model("b", "x", NEW, ingress("nginx", "h.example"));
    List<Ingress> routes = List.of(ingressOf(open, "nginx"));

    // The default is another one by now.
    assertThat(takenBy(nginx, Optional.of("traefik"), routes, open)).hasValue("a/delays");
  }

  @Test
  void leavesAHostToTheModelWhoseRouteIsThere() {
    FlightDelayModel older = model("a", "delays", OLD, ingress("nginx", "h.example"));
    FlightDelayModel younger = model("b", "x", NEW, ingress("nginx", "h.example"));
    List<Ingress> routes = List.of(ingressOf(younger, "nginx"));

    assertThat(takenBy(older, Optional.empty(), routes, younger)).hasValue("b/x");
    assertThat(takenBy(younger, Optional.empty(), routes, older)).isEmpty();
  }

  private static Ingress ingressOf(FlightDelayModel model, String ingressClass) {
    // spotless:off
    return new IngressBuilder()
        .withNewMetadata()
          .withOwnerReferences(Naming.of(model).owner())
        .endMetadata()
        .withNewSpec()
          .withIngressClassName(ingressClass)
          .addNewRule()
            .withHost(model.getSpec().expose().host())
          .endRule()
        .endSpec()
        .build();
    // spotless:on
  }

  @Test
  void knowsAGatewayByNamespaceAndName() {
    FlightDelayModel older = model("a", "delays", OLD, gateway("gateways", "web", "h.example"));

    assertThat(takenBy(model("b", "x", NEW, gateway("gateways", "web", "h.example")), older))
        .hasValue("a/delays");
    assertThat(takenBy(model("gateways", "x", NEW, gateway(null, "web", "h.example")), older))
        .hasValue("a/delays");
    assertThat(takenBy(model("b", "x", NEW, gateway(null, "web", "h.example")), older)).isEmpty();
  }

  @Test
  void claimsNothingWithoutARoute() {
    Expose none = new Expose(Expose.Type.None, null, null, null, null);
    FlightDelayModel bare = model("a", "bare", OLD, none);
    bare.setSpec(null);

    assertThat(HostClaim.of(model("a", "delays", OLD, none))).isEmpty();
    assertThat(HostClaim.of(bare)).isEmpty();
  }

  @Test
  void getsTheHostOfAModelThatIsBeingDeleted() {
    FlightDelayModel older = model("a", "first", OLD, ingress(null, "delays.example.com"));
    older.getMetadata().setDeletionTimestamp(NEW);

    assertThat(takenBy(model("b", "x", NEW, ingress(null, "delays.example.com")), older)).isEmpty();
  }
}
