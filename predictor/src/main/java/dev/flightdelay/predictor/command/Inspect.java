package dev.flightdelay.predictor.command;

import dev.flightdelay.predictor.dialect.oip.OutputTensor;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.pickle.GlobalName;
import dev.flightdelay.predictor.pickle.PickleOutline;
import dev.flightdelay.predictor.reader.ModelReader;
import dev.flightdelay.predictor.reader.ModelReader.ReadModel;
import dev.flightdelay.predictor.source.FetchedModel;
import dev.flightdelay.predictor.source.FileSource;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * {@code inspect FILE}: what a file holds, as JSON; with {@code --cr} the resource that serves it;
 * without a file, with {@code --allow-list} what any file may name, and with {@code --estimators}
 * the estimators that are read.
 */
public final class Inspect {

  private static final Set<String> WITH_VALUE =
      Stream.concat(Stream.of("--entry"), CustomResource.OPTIONS.stream())
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<String> WITHOUT_VALUE = Set.of("--cr", "--configmap");

  private Inspect() {}

  /**
   * Writes to {@code out} what the file named in {@code arguments} holds, or with {@code
   * --allow-list} all that a pickle may name, or with {@code --estimators} all that is read.
   *
   * @param maxBytes the largest file that is read
   * @param maxRowCost the operations that a row may take
   * @throws ModelRefusedException if it is not served, after what can be said of it was written
   */
  public static void run(List<String> arguments, long maxBytes, long maxRowCost, OutputStream out) {
    if (arguments.equals(List.of("--allow-list"))) {
      AllowList.write(out);
      return;
    }
    if (arguments.equals(List.of("--estimators"))) {
      EstimatorTable.write(out);
      return;
    }
    Arguments inspect = Arguments.of("inspect", arguments, WITH_VALUE, WITHOUT_VALUE);
    if (inspect.files().size() != 1) {
      throw new CommandException(
          "inspect takes one file, and %d are named: inspect FILE; --help shows more"
              .formatted(inspect.files().size()));
    }
    FileSource source = FileSource.ofPath(inspect.files().getFirst());
    String entry = inspect.value("--entry").orElse("");
    if (inspect.has("--cr")) {
      CustomResource resource = CustomResource.of(inspect, source.path());
      FetchedModel file = source.read(maxBytes);
      ModelReader.read(file.bytes(), entry, maxRowCost);
      resource.write(source.path(), file, out);
      return;
    }
    if (inspect.has("--configmap")
        || CustomResource.OPTIONS.stream().anyMatch(option -> inspect.value(option).isPresent())) {
      throw new CommandException(
          "--configmap, --name, --version, --host and --uri are for --cr: inspect --cr FILE");
    }
    FetchedModel file = source.read(maxBytes);
    try {
      write(source, file, ModelReader.read(file.bytes(), entry, maxRowCost), out);
    } catch (ModelRefusedException refusal) {
      write(source, file, refusal, out);
      throw refusal;
    }
  }

  private static void write(
      FileSource source, FetchedModel file, ModelRefusedException refusal, OutputStream out) {
    Optional<PickleOutline> outline = ModelReader.outline(file.bytes());
    try (JsonGenerator json = new JsonFactory().createGenerator(new Indented(), out)) {
      json.writeStartObject();
      json.writeStringProperty("file", source.path().toString());
      json.writeObjectPropertyStart("refused");
      json.writeStringProperty("reason", refusal.reason().name());
      if (refusal.offset() >= 0) {
        json.writeNumberProperty("byte", refusal.offset());
      }
      json.writeStringProperty("message", refusal.getMessage());
      json.writeEndObject();
      outline.ifPresent(pickle -> json.writeNumberProperty("protocol", pickle.protocol()));
      json.writeStringProperty("sha256", file.sha256());
      json.writeNumberProperty("size", file.size());
      outline.ifPresent(pickle -> writeGlobals(pickle.globals(), json));
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void writeGlobals(List<GlobalName> globals, JsonGenerator json) {
    json.writeArrayPropertyStart("globals");
    globals.stream().map(GlobalName::printable).forEach(json::writeString);
    json.writeEndArray();
  }

  private static void write(
      FileSource source, FetchedModel file, ReadModel read, OutputStream out) {
    Signature signature = read.model().signature();
    try (JsonGenerator json = new JsonFactory().createGenerator(new Indented(), out)) {
      json.writeStartObject();
      json.writeStringProperty("file", source.path().toString());
      json.writeStringProperty("format", read.format());
      json.writeStringProperty("estimator", signature.estimator());
      json.writeStringProperty("library", signature.library());
      json.writeName("libraryVersion");
      json.writeString(signature.libraryVersion().orElse(null));
      json.writeObjectPropertyStart("features");
      json.writeNumberProperty("count", signature.features().count());
      json.writeArrayPropertyStart("names");
      signature.features().names().forEach(json::writeString);
      json.writeEndArray();
      json.writeArrayPropertyStart("texts");
      columns(signature.features(), signature.features()::takesText).forEach(json::writeString);
      json.writeEndArray();
      json.writeArrayPropertyStart("codes");
      columns(signature.features(), signature.features()::takesCode).forEach(json::writeString);
      json.writeEndArray();
      json.writeArrayPropertyStart("dropped");
      columns(signature.features(), signature.features()::isDropped).forEach(json::writeString);
      json.writeEndArray();
      json.writeEndObject();
      json.writeArrayPropertyStart("classes");
      if (signature.outputs() == 1) {
        signature.labels().ifPresent(labels -> writeClasses(labels, json));
      } else {
        for (Labels ofOutput : signature.classes()) {
          json.writeStartArray();
          writeClasses(ofOutput, json);
          json.writeEndArray();
        }
      }
      json.writeEndArray();
      json.writeArrayPropertyStart("outputs");
      OutputTensor.of(signature).stream().map(OutputTensor::name).forEach(json::writeString);
      json.writeEndArray();
      if (!read.notes().isEmpty()) {
        json.writeArrayPropertyStart("notes");
        read.notes().forEach(json::writeString);
        json.writeEndArray();
      }
      read.protocol().ifPresent(protocol -> json.writeNumberProperty("protocol", protocol));
      json.writeStringProperty("sha256", file.sha256());
      json.writeNumberProperty("size", file.size());
      if (read.protocol().isPresent()) {
        writeGlobals(read.globals(), json);
      }
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  /** Some of the columns: their names, or positions. */
  private static List<String> columns(Features features, IntPredicate which) {
    return IntStream.range(0, features.count())
        .filter(which)
        .mapToObj(i -> features.hasNames() ? features.names().get(i) : String.valueOf(i))
        .toList();
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
