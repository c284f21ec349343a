package dev.flightdelay.operator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.child.ChildKind;
import dev.flightdelay.operator.child.Children;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.util.diff.DiffUtils;

/**
 * What is in a namespace and is of the operator's making, without what differs from run to run
 * (identities, times, addresses): equal states came to the same end.
 *
 * @param objects by Kind/name, as JSON
 */
public record ClusterState(Map<String, String> objects) {
  private static final List<Class<? extends HasMetadata>> KINDS =
      Stream.concat(
              Stream.of(FlightDelayModel.class, Ingress.class, HTTPRoute.class),
              Children.KINDS.stream().filter(ChildKind::everywhere).map(ChildKind::type))
          .<Class<? extends HasMetadata>>map(kind -> kind)
          .toList();

  private static final Set<String> BY_RUN =
      Set.of(
          "uid",
          "resourceVersion",
          "creationTimestamp",
          "generation",
          "observedGeneration",
          "managedFields",
          "clusterIP",
          "clusterIPs",
          "lastTransitionTime",
          "lastUpdateTime",
          "lastScaleTime");

  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads the namespace. */
  public static ClusterState of(ApiServer server, String namespace) {
    Map<String, String> objects = new TreeMap<>();
    for (Class<? extends HasMetadata> kind : KINDS) {
      for (HasMetadata object :
          server.client().resources(kind).inNamespace(namespace).list().getItems()) {
        objects.put(
            HasMetadata.getKind(kind) + "/" + object.getMetadata().getName(),
            masked(object).replace(namespace, "NAMESPACE"));
      }
    }
    return new ClusterState(objects);
  }

  /**
   * Only what belongs to one model, whatever its name is; a route that came in another's place has
   * .2 behind it.
   */
  ClusterState of(String model) {
    Map<String, String> own = new TreeMap<>();
    objects.forEach(
        (full, unified) -> {
          String name = full.replace("/" + model + ".2", "/" + model);
          String json = unified.replace("\"" + model + ".2\"", "\"" + model + "\"");
          if ((name + "-").contains("/" + model + "-")) {
            own.put(name.replace(model, "MODEL"), json.replace(model, "MODEL"));
          }
        });
    return new ClusterState(own);
  }

  /**
   * What is otherwise here than there: by Kind/name, the lines that are there (-) and here (+).
   * Empty where both are equal.
   */
  public Map<String, String> changedFrom(ClusterState before) {
    Map<String, String> changed = new TreeMap<>();
    Stream.concat(objects.keySet().stream(), before.objects.keySet().stream())
        .distinct()
        .filter(name -> !Objects.equals(objects.get(name), before.objects.get(name)))
        .forEach(name -> changed.put(name, changes(lines(before, name), lines(this, name))));
    return changed;
  }

  private static List<String> lines(ClusterState state, String name) {
    return state.objects.getOrDefault(name, "").lines().toList();
  }

  private static String changes(List<String> before, List<String> after) {
    return DiffUtils.diff(before, after).getDeltas().stream()
        .flatMap(
            delta ->
                Stream.concat(
                    delta.getOriginal().getLines().stream().map(line -> "-" + line),
                    delta.getRevised().getLines().stream().map(line -> "+" + line)))
        .collect(Collectors.joining("\n", "\n", ""));
  }

  private static String masked(HasMetadata object) {
    JsonNode json =
        JSON.valueToTree(Serialization.unmarshal(Serialization.asJson(object), Map.class));
    mask(json);
    // The status of what other controllers look after is theirs; their annotations too.
    if (!(object instanceof FlightDelayModel)) {
      ((ObjectNode) json).remove("status");
    }
    if (json.at("/metadata/annotations") instanceof ObjectNode annotations) {
      annotations.remove("deployment.kubernetes.io/revision");
    }
    return TIME.matcher(json.toPrettyString()).replaceAll("TIME");
  }

  private static void mask(JsonNode json) {
    if (json instanceof ObjectNode object) {
      for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
        if (BY_RUN.contains(names.next())) {
          names.remove();
        }
      }
    }
    json.forEach(ClusterState::mask);
  }
}
