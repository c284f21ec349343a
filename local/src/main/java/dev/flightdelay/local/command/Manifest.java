package dev.flightdelay.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A YAML file as it is now: applied as kubectl apply --server-side does, and when it changes. */
final class Manifest {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("local-up")
          .withFieldValidation("Strict")
          .withForce(true)
          .build();

  private final KubernetesClient client;
  private final Path file;
  private List<GenericKubernetesResource> applied = List.of();
  private String content = "";

  Manifest(KubernetesClient client, Path file) {
    this.client = client;
    this.file = file;
  }

  /**
   * Applies the file if it is another than at the last time.
   *
   * @return whether it was
   * @throws LocalException if it is not valid: not YAML, or refused by the API, in the API's words
   */
  boolean applyIfChanged() {
    String now = read();
    if (now.equals(content)) {
      return false;
    }
    // Refused or not, it is not tried again before it changes.
    content = now;
    List<GenericKubernetesResource> objects = parse(now);
    for (GenericKubernetesResource object : objects) {
      apply(object);
    }
    for (GenericKubernetesResource old : applied) {
      if (objects.stream().noneMatch(object -> isSame(object, old))) {
        client.resource(old).delete();
      }
    }
    applied = objects;
    return true;
  }

  /** The names of the models in it. */
  List<String> models() {
    return applied.stream()
        .filter(object -> object.getKind().equals("FlightDelayModel"))
        .map(object -> object.getMetadata().getName())
        .toList();
  }

  private String read() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new LocalException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private List<GenericKubernetesResource> parse(String text) {
    List<GenericKubernetesResource> objects = new ArrayList<>();
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(text)) {
      while (documents.hasNextValue()) {
        JsonNode document = documents.nextValue();
        if (!document.isNull() && !document.isMissingNode()) {
          objects.add(YAML.treeToValue(document, GenericKubernetesResource.class));
        }
      }
    } catch (IOException e) {
      throw new LocalException(
          file + " is not a Kubernetes YAML file: " + oneLine(e.getMessage()), e);
    }
    for (GenericKubernetesResource object : objects) {
      if (object.getKind() == null
          || object.getApiVersion() == null
          || object.getMetadata() == null
          || object.getMetadata().getName() == null) {
        throw new LocalException(
            file + " has a document without apiVersion, kind or metadata.name");
      }
      String namespace = object.getMetadata().getNamespace();
      if (namespace == null) {
        object.getMetadata().setNamespace(OperatorProcess.NAMESPACE);
      } else if (!namespace.equals(OperatorProcess.NAMESPACE)) {
        throw new LocalException(
            "%s: %s %s is in namespace %s; local mode has the namespace default only"
                .formatted(file, object.getKind(), object.getMetadata().getName(), namespace));
      }
    }
    return objects;
  }

  private void apply(GenericKubernetesResource object) {
    try {
      client.resource(object).patch(APPLY);
    } catch (KubernetesClientException e) {
      String message =
          e.getStatus() == null || e.getStatus().getMessage() == null
              ? e.getMessage()
              : e.getStatus().getMessage();
      throw new LocalException(file + " is refused: " + message, e);
    }
  }

  private static boolean isSame(GenericKubernetesResource one, GenericKubernetesResource other) {
    return one.getKind().equals(other.getKind())
        && one.getApiVersion().equals(other.getApiVersion())
        && one.getMetadata().getName().equals(other.getMetadata().getName());
  }

  private static String oneLine(String message) {
    return message.lines().map(String::strip).collect(Collectors.joining(" "));
  }
}
