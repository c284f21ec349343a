package dev.flightdelay.operator.api.v1alpha1;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crdv2.generator.CRDGenerationInfo;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Generates the CRD, and adds what the generator's annotations cannot say. */
final class CustomResourceDefinitionGenerator {

  /** As the API server parses quantities; without it, it would admit what our types cannot read. */
  private static final String QUANTITY =
      "^\\+?(([0-9]{1,12}(\\.[0-9]{0,9})?)|(\\.[0-9]{1,9}))(([KMGTPE]i)|[numkMGTPE]|([eE][0-9]{1,2}))?$";

  /** The order in which {@code kubectl get} shows them; the generator sorts them by name. */
  private static final List<String> COLUMNS =
      List.of("Ready", "Traffic", "Replicas", "URL", "Reason", "Age");

  private CustomResourceDefinitionGenerator() {}

  static String generate(Path folder) throws IOException {
    CRDGenerationInfo info =
        new CRDGenerator()
            .customResourceClasses(FlightDelayModel.class)
            .forCRDVersions("v1")
            .inOutputDir(folder.toFile())
            .withPostProcessor(
                new CRDPostProcessor() {
                  @Override
                  public HasMetadata process(HasMetadata crd, String crdSpecVersion) {
                    complete((CustomResourceDefinition) crd);
                    return crd;
                  }
                })
            .detailedGenerate();
    String path =
        info.getCRDDetailsPerNameAndVersion().values().iterator().next().get("v1").getFilePath();
    return Files.readString(Path.of(path));
  }

  /** Paths of fields that {@code kubectl explain} would have nothing to say of. */
  static List<String> fieldsWithoutDescription() throws IOException {
    CustomResourceDefinition crd =
        Serialization.unmarshal(
            Files.newInputStream(Path.of("../crds/flightdelaymodels.flightdelay.dev-v1.yml")),
            CustomResourceDefinition.class);
    List<String> missing = new ArrayList<>();
    schema(crd).getProperties().forEach((name, field) -> collect(name, field, missing));
    return missing;
  }

  private static void collect(String path, JSONSchemaProps schema, List<String> missing) {
    if (schema.getDescription() == null || schema.getDescription().isBlank()) {
      missing.add(path);
    }
    // A Condition's fields are Kubernetes' own, and known.
    if (path.equals("status.conditions")) {
      return;
    }
    Map<String, JSONSchemaProps> fields =
        schema.getItems() == null
            ? schema.getProperties()
            : schema.getItems().getSchema().getProperties();
    if (fields != null) {
      fields.forEach((name, field) -> collect(path + "." + name, field, missing));
    }
  }

  private static void complete(CustomResourceDefinition crd) {
    var version = crd.getSpec().getVersions().getFirst();
    version.setAdditionalPrinterColumns(
        COLUMNS.stream()
            .map(
                name ->
                    version.getAdditionalPrinterColumns().stream()
                        .filter(column -> column.getName().equals(name))
                        .findFirst()
                        .orElseThrow())
            .toList());
    JSONSchemaProps root = schema(crd);
    root.setDescription("A pickled model, in one or more versions, served over HTTP.");
    JSONSchemaProps spec = root.getProperties().get("spec");
    spec.setDescription("What should be served, where, to whom and by how many pods.");
    listMap(spec.getProperties().get("versions"), "name");
    for (String name : List.of("autoscaling", "expose")) {
      defaultToDefaultsOfFields(spec.getProperties().get(name));
    }
    JSONSchemaProps predictor = spec.getProperties().get("predictor");
    listMap(predictor.getProperties().get("imagePullSecrets"), "name");
    JSONSchemaProps nodeSelector = predictor.getProperties().get("nodeSelector");
    nodeSelector.setMaxProperties(20L);
    nodeSelector.getAdditionalProperties().getSchema().setMaxLength(63L);
    resources(predictor.getProperties().get("resources"));
    resources(
        spec.getProperties()
            .get("versions")
            .getItems()
            .getSchema()
            .getProperties()
            .get("resources"));
    JSONSchemaProps jwt = spec.getProperties().get("auth").getProperties().get("jwt");
    text(jwt.getProperties().get("audiences"), 200);
    // The longest address of IPv6, and the length of its prefix.
    text(spec.getProperties().get("limits").getProperties().get("trustedProxies"), 49);
    text(
        jwt.getProperties().get("allowed").getItems().getSchema().getProperties().get("values"),
        200);
    JSONSchemaProps origins = spec.getProperties().get("cors").getProperties().get("origins");
    text(origins, 260);
    origins.getItems().getSchema().setPattern(Cors.ORIGIN);

    JSONSchemaProps status = root.getProperties().get("status");
    status.setDescription("What was observed of the model the last time that something changed.");
    JSONSchemaProps versions = status.getProperties().get("versions");
    listMap(versions, "name");
    versions.getItems().getSchema().setRequired(List.of("name"));
    JSONSchemaProps conditions = status.getProperties().get("conditions");
    listMap(conditions, "type");
    conditions
        .getItems()
        .getSchema()
        .setRequired(List.of("type", "status", "lastTransitionTime", "reason", "message"));
    bound(status);
  }

  /** A number that our types cannot hold would stop the operator's informer: refuse it before. */
  private static void bound(JSONSchemaProps schema) {
    if ("integer".equals(schema.getType()) && schema.getMaximum() == null) {
      schema.setMinimum(0.0);
      schema.setMaximum((double) Integer.MAX_VALUE);
    }
    if (schema.getItems() != null) {
      bound(schema.getItems().getSchema());
    }
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(CustomResourceDefinitionGenerator::bound);
    }
  }

  /**
   * Written out: the API server judges a default by our rules before it fills in what that default
   * leaves out.
   */
  private static void defaultToDefaultsOfFields(JSONSchemaProps schema) {
    ObjectNode defaults = JsonNodeFactory.instance.objectNode();
    schema
        .getProperties()
        .forEach(
            (name, field) -> {
              if (field.getDefault() != null) {
                defaults.set(name, field.getDefault());
              }
            });
    schema.setDefault(defaults);
  }

  private static void resources(JSONSchemaProps resources) {
    for (String name : List.of("requests", "limits")) {
      JSONSchemaProps quantities = resources.getProperties().get(name);
      quantities.setMaxProperties(3L);
      JSONSchemaProps quantity = quantities.getAdditionalProperties().getSchema();
      quantity.setPattern(QUANTITY);
      quantity.setMaxLength(24L);
    }
  }

  private static void text(JSONSchemaProps list, long maxLength) {
    JSONSchemaProps item = list.getItems().getSchema();
    item.setMinLength(1L);
    item.setMaxLength(maxLength);
  }

  private static void listMap(JSONSchemaProps list, String key) {
    list.setXKubernetesListType("map");
    list.setXKubernetesListMapKeys(List.of(key));
  }

  private static JSONSchemaProps schema(CustomResourceDefinition crd) {
    return crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
  }
}
