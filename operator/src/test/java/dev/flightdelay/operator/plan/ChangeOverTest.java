package dev.flightdelay.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.api.v1alpha1.ParentRef;
import dev.flightdelay.operator.child.Entrance;
import dev.flightdelay.operator.child.ModelHttpRoute;
import dev.flightdelay.operator.child.ModelIngress;
import dev.flightdelay.operator.child.Naming;
import dev.flightdelay.operator.child.RouteMemory;
import dev.flightdelay.operator.child.RoutedVersions;
import dev.flightdelay.operator.observe.ObservedObjects;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeOverTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Naming NAMING =
      new Naming("flights", "delays", new OwnerReferenceBuilder().withUid("uid").build());
  private static final RoutedVersions ROUTED =
      new RoutedVersions(
          List.of("v1"), Map.of("v1", 100), new RouteMemory(Map.of(), Optional.empty(), List.of()));

  private static final Expose A = ingress("a");
  private static final Expose B = ingress("b");
  private static final Expose C = ingress("c");

  private static Expose ingress(String className) {
    return new Expose(Expose.Type.Ingress, "delays.example", className, null, null);
  }

  private static Expose gateways(String... names) {
    return new Expose(
        Expose.Type.HTTPRoute,
        null,
        null,
        null,
        Arrays.stream(names).map(name -> new ParentRef(name, null, null, null)).toList());
  }

  private static Ingress route(String name, Expose expose, int secondsAgo) {
    return new IngressBuilder(
            ModelIngress.desired(NAMING, new Entrance(name, expose, Optional.empty()), ROUTED))
        .editMetadata()
        .withCreationTimestamp(NOW.minusSeconds(secondsAgo).toString())
        .endMetadata()
        .build();
  }

  private static Ingress withAddress(Ingress ingress) {
    return new IngressBuilder(ingress)
        .withNewStatus()
        .withNewLoadBalancer()
        .addNewIngress()
        .withIp("203.0.113.7")
        .endIngress()
        .endLoadBalancer()
        .endStatus()
        .build();
  }

  private static HTTPRoute gatewayRoute(Expose expose, String status) {
    HTTPRoute route =
        ModelHttpRoute.desired(NAMING, new Entrance("delays", expose, Optional.empty()), ROUTED);
    return new HTTPRouteBuilder(route)
        .editMetadata()
        .withGeneration(2L)
        .withCreationTimestamp(NOW.toString())
        .endMetadata()
        .withStatus(
            Serialization.unmarshal("status: {" + status + "}", HTTPRoute.class).getStatus())
        .build();
  }

  private static ChangeOver of(Expose asked, HasMetadata... routes) {
    return ChangeOver.of(asked, new ObservedObjects(List.of(routes)).observe(), NAMING, NOW);
  }

  @Test
  void makesTheNewRouteBesideTheOldOne() {
    Ingress a = route("delays", A, 3600);

    ChangeOver change = of(B, a);

    assertThat(change.name()).isEqualTo("delays.2");
    assertThat(change.kept()).hasValue(a);
    assertThat(change.over()).isEmpty();
  }

  @Test
  void goesBackToTheModelsNameWhereItIsFree() {
    assertThat(of(A, withAddress(route("delays.2", B, 3600))).name()).isEqualTo("delays");
    assertThat(of(gateways("g"), route("delays", A, 3600)).name()).isEqualTo("delays");
  }

  @Test
  void endsTheOldRouteOnceTheNewOneHasAnAddress() {
    Ingress a = route("delays", A, 3600);
    Ingress b = route("delays.2", B, 60);

    assertThat(of(B, a, b).over()).isEmpty();
    assertThat(of(B, a, withAddress(b)).over()).containsExactly(a);
    assertThat(of(B, a, withAddress(b)).kept()).isEmpty();
    assertThat(of(B, a, withAddress(b)).name()).isEqualTo("delays.2");
  }

  @Test
  void keepsWhatIsUsedThroughSeveralChanges() {
    Ingress a = route("delays", A, 3600);
    Ingress neverTaken = route("delays.2", B, 60);

    ChangeOver change = of(C, a, neverTaken);

    assertThat(change.kept()).hasValue(a);
    // The one that nobody took becomes the new one.
    assertThat(change.name()).isEqualTo("delays.2");
    assertThat(change.over()).isEmpty();
  }

  @Test
  void keepsTheOneThatWasTakenLast() {
    Ingress a = route("delays", A, 3600);
    Ingress b = withAddress(route("delays.2", B, 60));

    ChangeOver change = of(C, a, b);

    assertThat(change.kept()).hasValue(b);
    assertThat(change.name()).isEqualTo("delays");
  }

  @Test
  void dropsWhatNobodyTookWhenTheSpecGoesBack() {
    Ingress a = route("delays", A, 3600);
    Ingress b = route("delays.2", B, 60);

    ChangeOver change = of(A, a, b);

    assertThat(change.current()).hasValue(a);
    assertThat(change.kept()).isEmpty();
    assertThat(change.over()).containsExactly(b);
  }

  @Test
  void givesAClassWithoutAddressesThirtySeconds() {
    Expose otherHost = new Expose(Expose.Type.Ingress, "new.example", "a", null, null);
    Ingress a = route("delays", A, 3600);

    ChangeOver young = of(otherHost, a, route("delays.2", otherHost, 20));
    ChangeOver old = of(otherHost, a, route("delays.2", otherHost, 30));
    ChangeOver another = of(B, a, route("delays.2", B, 3000));

    assertThat(young.kept()).hasValue(a);
    assertThat(young.next()).hasValue(NOW.plusSeconds(10));
    assertThat(old.over()).containsExactly(a);
    assertThat(another.kept()).hasValue(a);
    assertThat(another.next()).isEmpty();
  }

  @Test
  void waitsForEveryGatewayAndForTheGenerationThatItIs() {
    Ingress a = route("delays", A, 3600);
    Expose two = gateways("x", "y");

    assertThat(of(two, a, gatewayRoute(two, parents(accepted("x", 2), accepted("y", 2)))).kept())
        .isEmpty();
    assertThat(of(two, a, gatewayRoute(two, parents(accepted("x", 2)))).kept()).hasValue(a);
    assertThat(of(two, a, gatewayRoute(two, parents(accepted("x", 2), accepted("y", 1)))).kept())
        .hasValue(a);
    assertThat(of(two, a, gatewayRoute(two, parents(accepted("x", 2), accepted("z", 2)))).kept())
        .hasValue(a);
  }

  @Test
  void waitsForARouteWhoseBackendsAreNotFound() {
    Ingress a = route("delays", A, 3600);
    String unresolved =
        "{parentRef: {name: x}, conditions: [{type: Accepted, status: 'True'}, {type: ResolvedRefs,"
            + " status: 'False'}]}";

    assertThat(of(gateways("x"), a, gatewayRoute(gateways("x"), parents(unresolved))).kept())
        .hasValue(a);
  }

  @Test
  void keepsNoRouteThatNoGatewayEverTook() {
    HTTPRoute route = gatewayRoute(gateways("x"), "parents: []");

    assertThat(of(A, route).over()).containsExactly(route);
    assertThat(of(A, route).kept()).isEmpty();
  }

  @Test
  void addsAndDropsGatewaysInPlace() {
    HTTPRoute route = gatewayRoute(gateways("x"), parents(accepted("x", 2)));

    assertThat(of(gateways("x", "y"), route).current()).hasValue(route);
    assertThat(of(gateways("y"), route).kept()).hasValue(route);
    assertThat(of(gateways("y"), route).name()).isEqualTo("delays.2");
  }

  @Test
  void takesWhatSomebodyChangedForTheSameRoute() {
    Ingress drifted =
        new IngressBuilder(route("delays", A, 3600))
            .editSpec()
            .withIngressClassName("evil")
            .endSpec()
            .build();

    assertThat(of(A, drifted).current()).hasValue(drifted);
  }

  @Test
  void takesARouteThatSaysNothingForWhatItIs() {
    Ingress silent =
        new IngressBuilder(route("delays", A, 3600))
            .editMetadata()
            .withAnnotations(Map.of())
            .endMetadata()
            .build();

    assertThat(of(A, silent).current()).hasValue(silent);
    assertThat(of(B, silent).kept()).hasValue(silent);
    // Its class may be the API server's default.
    assertThat(of(ingress(null), silent).current()).hasValue(silent);
  }

  @Test
  void endsEverythingAtOnceWhereNothingIsExposed() {
    Ingress a = withAddress(route("delays", A, 3600));

    assertThat(of(new Expose(Expose.Type.None, null, null, null, null), a).over())
        .containsExactly(a);
  }

  private static String parents(String... parents) {
    return "parents: [" + String.join(", ", parents) + "]";
  }

  private static String accepted(String gateway, int generation) {
    return "{parentRef: {name: %s}, conditions: [{type: Accepted, status: 'True', observedGeneration: %d}]}"
        .formatted(gateway, generation);
  }
}
