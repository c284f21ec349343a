package dev.flightdelay.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The objects of a YAML text. */
final class Documents {

  private static final YAMLMapper YAML = new YAMLMapper();

  private Documents() {}

  /**
   * Reads them; those that name no namespace get the one that there is.
   *
   * @param from where the text is from, for the message
   * @throws LocalException if it is not YAML, or a document in it no object
   */
  static List<GenericKubernetesResource> parse(String text, Object from) {
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
          from + " is not a Kubernetes YAML file: " + oneLine(e.getMessage()), e);
    }
    for (GenericKubernetesResource object : objects) {
      if (object.getKind() == null
          || object.getApiVersion() == null
          || object.getMetadata() == null
          || object.getMetadata().getName() == null) {
        throw new LocalException(
            from + " has a document without apiVersion, kind or metadata.name");
      }
      String namespace = object.getMetadata().getNamespace();
      if (namespace == null) {
        object.getMetadata().setNamespace(OperatorProcess.NAMESPACE);
      } else if (!namespace.equals(OperatorProcess.NAMESPACE)) {
        throw new LocalException(
            "%s: %s %s is in namespace %s; local mode has the namespace default only"
                .formatted(from, object.getKind(), object.getMetadata().getName(), namespace));
      }
    }
    return objects;
  }

  /** The names of the models among objects. */
  static List<String> models(List<GenericKubernetesResource> objects) {
    return objects.stream()
        .filter(object -> object.getKind().equals("FlightDelayModel"))
        .map(object -> object.getMetadata().getName())
        .toList();
  }

  private static String oneLine(String message) {
    return message.lines().map(String::strip).collect(Collectors.joining(" "));
  }
}
