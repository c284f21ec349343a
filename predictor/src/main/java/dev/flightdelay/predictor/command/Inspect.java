package dev.flightdelay.predictor.command;

import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.pickle.GlobalName;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * {@code inspect FILE}: what a file holds, as JSON; with {@code --cr} the resource that serves it;
 * with {@code --allow-list} and no file, what any file may name.
 */
public final class Inspect {

  private Inspect() {}

  /** Writes to {@code out} what the file named in {@code arguments} holds. */
  public static void run(List<String> arguments, OutputStream out) {
    if (arguments.equals(List.of("--allow-list"))) {
      AllowList.write(out);
      return;
    }
    Arguments inspect = Arguments.of("inspect", arguments, true);
    ModelFile file = ModelFile.read(inspect.file(), inspect.entry());
    if (inspect.customResource()) {
      CustomResource.write(file, inspect.entry(), out);
    } else {
      write(file, out);
    }
  }

  private static void write(ModelFile file, OutputStream out) {
    Signature signature = file.read().model().signature();
    try (JsonGenerator json = new JsonFactory().createGenerator(new Indented(), out)) {
      json.writeStartObject();
      json.writeStringProperty("file", file.path().toString());
      json.writeStringProperty("estimator", signature.estimator());
      json.writeStringProperty("library", signature.library());
      json.writeName("libraryVersion");
      json.writeString(signature.libraryVersion().orElse(null));
      json.writeObjectPropertyStart("features");
      json.writeNumberProperty("count", signature.features().count());
      json.writeArrayPropertyStart("names");
      signature.features().names().forEach(json::writeString);
      json.writeEndArray();
      json.writeEndObject();
      json.writeArrayPropertyStart("classes");
      signature.labels().ifPresent(labels -> writeClasses(labels, json));
      json.writeEndArray();
      json.writeArrayPropertyStart("outputs");
      outputs(signature).forEach(json::writeString);
      json.writeEndArray();
      json.writeNumberProperty("protocol", file.read().protocol());
      json.writeStringProperty("sha256", file.sha256());
      json.writeNumberProperty("size", file.size());
      json.writeArrayPropertyStart("globals");
      file.read().globals().stream().map(GlobalName::toString).forEach(json::writeString);
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void writeClasses(Labels labels, JsonGenerator json) {
    for (Object label : labels.values()) {
      switch (label) {
        case Long number -> json.writeNumber(number);
        case Double number -> json.writeNumber(number);
        case Boolean flag -> json.writeBoolean(flag);
        default -> json.writeString(label.toString());
      }
    }
  }

  private static List<String> outputs(Signature signature) {
    return java.util.stream.Stream.of(
            "predict",
            signature.hasProbabilities() ? "predict_proba" : "",
            signature.decisionWidth() > 0 ? "decision_function" : "")
        .filter(output -> !output.isEmpty())
        .toList();
  }

  private static final class Indented extends ObjectWriteContext.Base {
    @Override
    public PrettyPrinter getPrettyPrinter() {
      return new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    }

    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }
  }
}
