package dev.flightdelay.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Which web pages may ask for predictions from a browser. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Cors(
    @Required
        @Size(min = 1, max = 20)
        @JsonPropertyDescription(
            "The origins of the pages as browsers send them, 1 to 20, such as"
                + " https://flights.example, without a path and without a port where it is the"
                + " scheme's own; or * for every page. Whoever must be known has to be for pages"
                + " too.")
        List<String> origins) {

  /** What an origin looks like. */
  static final String ORIGIN =
      "^(\\*|[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+\\])(:[0-9]{1,5})?)$";

  public Cors {
    origins = origins == null ? List.of() : List.copyOf(origins);
  }
}
