package dev.flightdelay.operator.golden;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelStatus;
import dev.flightdelay.operator.child.ChildSettings;
import dev.flightdelay.operator.child.Children;
import dev.flightdelay.operator.observe.Observed;
import dev.flightdelay.operator.observe.ObservedObjects;
import dev.flightdelay.operator.observe.ServedAnswer;
import dev.flightdelay.operator.observe.ServedAnswer.Served;
import dev.flightdelay.operator.observe.ServedAnswer.Unreachable;
import dev.flightdelay.operator.plan.AllowedNodes;
import dev.flightdelay.operator.plan.Plan;
import dev.flightdelay.operator.plan.PlanSettings;
import dev.flightdelay.operator.plan.Planner;
import dev.flightdelay.operator.plan.Refusal;
import dev.flightdelay.operator.status.StatusReport;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of {@code src/test/resources/golden}: what is there, and what follows from it.
 *
 * <ul>
 *   <li>{@code in-model.yaml}: exactly the custom resource, as a person would apply it
 *   <li>{@code in-<Kind>-<name>.yaml}: an object that is observed
 *   <li>{@code in-settings.yaml}: what the operator's installation says, where it matters
 *   <li>{@code in-cluster.yaml}: what is known besides objects, see {@link Cluster}
 *   <li>{@code out-<Kind>-<name>.yaml}: an object that the plan applies
 *   <li>{@code out-plan.txt}: everything that the plan does, in its order
 *   <li>{@code out-status.yaml}: the status, before the caches show what the plan did
 * </ul>
 */
final class GoldenCase {

  static final Path FOLDER = Path.of("src", "test", "resources", "golden");

  private static final String NAMESPACE = "flights";
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Set<String> OBSERVED =
      Stream.concat(
              Children.KINDS.stream().map(kind -> kind.resource().getKind()),
              Stream.of("Ingress", "HTTPRoute", "Pod"))
          .collect(Collectors.toUnmodifiableSet());
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final ObjectWriter TEXT =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build()
          .writer();

  /** What the operator's installation says; what is left out is as below. */
  record Settings(
      String predictorImage,
      String modelAllowedHosts,
      List<String> scraperNamespaces,
      List<String> allowedImages,
      List<String> allowedServiceAccounts,
      List<String> allowedTolerations,
      List<String> allowedNodeSelectors) {

    static final Settings DEFAULT = new Settings(null, null, null, null, null, null, null);

    Settings {
      predictorImage =
          predictorImage == null
              ? "registry.example/predictor@sha256:" + "0123456789abcdef".repeat(4)
              : predictorImage;
      modelAllowedHosts = modelAllowedHosts == null ? "" : modelAllowedHosts;
      scraperNamespaces = scraperNamespaces == null ? List.of() : scraperNamespaces;
      allowedImages = allowedImages == null ? List.of() : allowedImages;
      allowedServiceAccounts = allowedServiceAccounts == null ? List.of() : allowedServiceAccounts;
      allowedTolerations = allowedTolerations == null ? List.of() : allowedTolerations;
      allowedNodeSelectors = allowedNodeSelectors == null ? List.of() : allowedNodeSelectors;
    }

    PlanSettings planSettings() {
      return new PlanSettings(
          new ChildSettings(
              predictorImage, modelAllowedHosts, "flight-delay-operator", scraperNamespaces),
          allowedImages,
          allowedServiceAccounts,
          new AllowedNodes(allowedTolerations, allowedNodeSelectors),
          Optional.empty());
    }
  }

  /**
   * What is known besides objects.
   *
   * @param gatewayApi whether the cluster knows HTTPRoute; it does where nothing is said
   * @param healthCheckPolicies whether it knows GKE's HealthCheckPolicy; it does not
   * @param hostTakenBy the model that has our host or path
   * @param defaultClass the class that an Ingress gets that names none, where it was asked for
   * @param served what pods answer, by UID
   * @param unreachable why pods do not, by UID
   * @param warnings events on pods, by UID
   * @param conflicts what could not be applied and why, by version; the route under ""
   */
  record Cluster(
      Boolean gatewayApi,
      Boolean healthCheckPolicies,
      String hostTakenBy,
      String defaultClass,
      Map<String, Served> served,
      Map<String, String> unreachable,
      Map<String, String> warnings,
      Map<String, Refusal> conflicts) {

    static final Cluster DEFAULT = new Cluster(null, null, null, null, null, null, null, null);

    Cluster {
      gatewayApi = gatewayApi == null || gatewayApi;
      healthCheckPolicies = healthCheckPolicies != null && healthCheckPolicies;
      served = served == null ? Map.of() : served;
      unreachable = unreachable == null ? Map.of() : unreachable;
      warnings = warnings == null ? Map.of() : warnings;
      conflicts = conflicts == null ? Map.of() : conflicts;
    }

    Observed observed(List<HasMetadata> objects) {
      Map<String, ServedAnswer> answers = new LinkedHashMap<>(served);
      unreachable.forEach((uid, why) -> answers.put(uid, new Unreachable(why)));
      return new ObservedObjects(
              objects,
              answers,
              warnings,
              Optional.ofNullable(hostTakenBy),
              Optional.ofNullable(defaultClass),
              gatewayApi,
              healthCheckPolicies)
          .observe();
    }
  }

  private final Path folder;
  private final Settings settings;
  private final Cluster cluster;

  private GoldenCase(Path folder) {
    this.folder = folder;
    this.settings = read("in-settings.yaml", Settings.class).orElse(Settings.DEFAULT);
    this.cluster = read("in-cluster.yaml", Cluster.class).orElse(Cluster.DEFAULT);
  }

  static List<GoldenCase> all() {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders.filter(Files::isDirectory).sorted().map(GoldenCase::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return folder.getFileName().toString();
  }

  Path modelFile() {
    return folder.resolve("in-model.yaml");
  }

  /** As the API server has it. */
  FlightDelayModel model() {
    FlightDelayModel model = Serialization.unmarshal(text(modelFile()), FlightDelayModel.class);
    model.getMetadata().setNamespace(NAMESPACE);
    model.getMetadata().setUid("0b54e2ee-7d0d-4a4c-9f6b-3a2f2d3a6c11");
    model.getMetadata().setGeneration(3L);
    return model;
  }

  Plan plan() {
    return Planner.plan(model(), observed(), settings.planSettings(), NOW);
  }

  FlightDelayModelStatus status() {
    return StatusReport.of(model(), observed(), plan(), cluster.conflicts(), NOW);
  }

  /** Every file that begins with "out-", and what is in it. */
  Map<String, String> expected() {
    Map<String, String> files = new TreeMap<>();
    files("out-").forEach(file -> files.put(file.getFileName().toString(), text(file)));
    return files;
  }

  /** What should be in those files. */
  Map<String, String> actual() {
    Plan plan = plan();
    Map<String, String> files = new TreeMap<>();
    for (HasMetadata object : plan.apply()) {
      files.put("out-" + fileName(object), yaml(object));
    }
    files.put("out-plan.txt", String.join("\n", lines(plan)) + "\n");
    files.put("out-status.yaml", yaml(status()));
    return files;
  }

  void write() {
    try {
      for (Path file : files("out-")) {
        Files.delete(file);
      }
      for (Map.Entry<String, String> file : actual().entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Plan plan) {
    List<String> lines = new ArrayList<>();
    plan.refusal().ifPresent(refusal -> lines.add("refuse everything: " + line(refusal)));
    new TreeMap<>(plan.refused())
        .forEach((version, refusal) -> lines.add("refuse " + version + ": " + line(refusal)));
    plan.exposeRefusal().ifPresent(refusal -> lines.add("refuse the route: " + line(refusal)));
    plan.apply().forEach(object -> lines.add("apply " + line(object)));
    plan.resume().forEach(object -> lines.add("resume " + line(object)));
    plan.drain().forEach((object, until) -> lines.add("drain " + line(object) + " until " + until));
    plan.delete().forEach(object -> lines.add("delete " + line(object)));
    plan.rollout().next().ifPresent(next -> lines.add("look again in " + next));
    return lines;
  }

  private static String line(Refusal refusal) {
    return refusal.reason() + ": " + refusal.message();
  }

  private static String line(HasMetadata object) {
    return object.getKind() + " " + object.getMetadata().getName();
  }

  private Observed observed() {
    return cluster.observed(objects());
  }

  /** The observed objects; a file that is not named by its object is refused. */
  List<HasMetadata> objects() {
    List<HasMetadata> objects = new ArrayList<>();
    for (Path file : files("in-")) {
      String name = file.getFileName().toString();
      if (List.of("in-model.yaml", "in-settings.yaml", "in-cluster.yaml").contains(name)) {
        continue;
      }
      HasMetadata object =
          (HasMetadata) Serialization.unmarshal(text(file), KubernetesResource.class);
      if (!name.equals("in-" + fileName(object))) {
        throw new IllegalStateException(
            "%s has %s in it; call it in-%s".formatted(file, line(object), fileName(object)));
      }
      if (!OBSERVED.contains(object.getKind())) {
        throw new IllegalStateException(file + " is of a kind that is not observed");
      }
      objects.add(object);
    }
    return objects;
  }

  private static String fileName(HasMetadata object) {
    return object.getKind() + "-" + object.getMetadata().getName() + ".yaml";
  }

  private List<Path> files(String prefix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Files that are neither input nor output. */
  List<Path> strangers() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !file.getFileName().toString().matches("(in|out)-.+\\.(yaml|txt)"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> Optional<T> read(String name, Class<T> type) {
    Path file = folder.resolve(name);
    try {
      return Files.exists(file)
          ? Optional.of(YAML.readValue(file.toFile(), type))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With sorted keys: what a map has no order for must not differ from run to run. */
  private static String yaml(Object value) {
    try {
      return TEXT.writeValueAsString(YAML.readValue(Serialization.asYaml(value), Object.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name();
  }
}
