package dev.flightdelay.local.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;

/** Objects as trees, from JSON or YAML. */
final class Json {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML = new YAMLMapper();

  private Json() {}

  /** YAML, which JSON is too; JSON is only read faster. */
  static JsonNode read(String text) throws JsonProcessingException {
    String start = text.stripLeading();
    boolean json = start.startsWith("{\"") || start.startsWith("[{\"") || start.startsWith("{}");
    return json ? JSON.readTree(text) : YAML.readTree(text);
  }

  static JsonNode readYaml(InputStream in) throws IOException {
    return YAML.readTree(in);
  }
}
