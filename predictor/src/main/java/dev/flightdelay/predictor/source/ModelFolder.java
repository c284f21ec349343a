package dev.flightdelay.predictor.source;

import static java.util.stream.Collectors.joining;

import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder with a model in it, as SageMaker mounts /opt/ml/model and Vertex AI names one. */
public final class ModelFolder {

  /** Where SageMaker unpacks a model's archive. */
  public static final String DEFAULT = "/opt/ml/model";

  /** What libraries, and MLflow's flavours of them, write beside files of other kinds. */
  private static final Pattern MODEL =
      Pattern.compile(
          "(?i).+\\.(pkl|pickle|joblib|ubj|bst|xgb|model|lgb|cbm|cb)(\\.(gz|z|bz2|xz|lzma|lz4))?");

  private static final int MAX_SHOWN = 10;

  private ModelFolder() {}

  /**
   * The only file in it or, beside others, the only one that is named as models are.
   *
   * @throws ModelFetchException if there is none, or more than one
   */
  static Path only(Path folder) {
    return folder.resolve(only(folder.toString(), names(folder)));
  }

  /**
   * The same of a folder elsewhere.
   *
   * @param folder how a sentence names it
   * @param files the names of all files directly in it
   */
  public static String only(String folder, List<String> files) {
    List<String> names = files.stream().filter(name -> !name.startsWith(".")).sorted().toList();
    List<String> models =
        names.size() == 1
            ? names
            : names.stream().filter(name -> MODEL.matcher(name).matches()).toList();
    if (models.size() == 1) {
      return models.getFirst();
    }
    throw new ModelFetchException(
        models.isEmpty() ? Reason.NOT_FOUND : Reason.INVALID_SETTINGS,
        "%s has %s; name the one to serve with MODEL_URI. There is: %s"
            .formatted(
                folder,
                models.isEmpty() ? "no model file in it" : models.size() + " model files in it",
                shown(names)));
  }

  /** Files only: SageMaker's archives may have a folder {@code code}. */
  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new ModelFetchException(Reason.NOT_FOUND, folder + " is no folder", e);
    } catch (IOException e) {
      throw new ModelFetchException(Reason.FORBIDDEN, folder + " cannot be listed", e);
    }
  }

  private static String shown(List<String> names) {
    return names.isEmpty()
        ? "nothing"
        : names.stream()
                .limit(MAX_SHOWN)
                .map(name -> name.replaceAll("\\p{Cntrl}", "?"))
                .collect(joining(", "))
            + (names.size() > MAX_SHOWN ? " and " + (names.size() - MAX_SHOWN) + " more" : "");
  }
}
