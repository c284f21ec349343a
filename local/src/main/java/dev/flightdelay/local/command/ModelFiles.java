package dev.flightdelay.local.command;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Model files, each a version of one model. A file that changes becomes a new version, which takes
 * the traffic of the one before once it is ready; what was applied of that stays, as it may serve
 * on.
 */
final class ModelFiles implements Source {

  /** What tells that a file may have changed, without reading it. */
  private record Stamp(FileTime modified, long size) {

    static Stamp of(Path file) {
      try {
        return new Stamp(Files.getLastModifiedTime(file), Files.size(file));
      } catch (NoSuchFileException e) {
        throw LocalException.gone(file);
      } catch (IOException e) {
        throw new LocalException("cannot read " + file + ": " + e.getMessage(), e);
      }
    }
  }

  /** A file with its version. */
  private static final class Followed {
    private final Path path;
    private final int traffic;
    private Stamp seen;
    private Stamp read;
    private ModelResources.Version version;

    private Followed(Path path, int traffic) {
      this.path = path;
      this.traffic = traffic;
    }
  }

  private final KubernetesClient client;
  private final ModelOptions options;
  private final Path claim;
  private final List<Followed> files = new ArrayList<>();
  private int versionsMade;
  private List<String> models = List.of();

  /**
   * @param claims where the files of claims are, each in a folder with the claim's name
   */
  ModelFiles(KubernetesClient client, ModelOptions options, List<Path> paths, Path claims) {
    this.client = client;
    this.options = options;
    this.claim = claims.resolve(ModelResources.CLAIM);
    List<Integer> traffic = options.traffic(paths.size());
    for (int i = 0; i < paths.size(); i++) {
      files.add(new Followed(paths.get(i), traffic.get(i)));
    }
  }

  /**
   * What is applied of the files as they are.
   *
   * @throws LocalException if one is too large for a ConfigMap: a cluster has no files of this
   *     machine
   */
  static String yaml(ModelOptions options, List<Path> paths) {
    List<Integer> traffic = options.traffic(paths.size());
    List<ModelResources.Version> versions = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      Path path = paths.get(i);
      if (Stamp.of(path).size() >= ModelFile.CONFIG_MAP_BYTES) {
        throw new LocalException(
            ("%s has %d MiB, and a ConfigMap takes less than 1: upload it, and see"
                    + " predictor/inspect --cr --uri")
                .formatted(path, Stamp.of(path).size() >> 20));
      }
      versions.add(
          new ModelResources.Version(
              "v" + (i + 1), ModelFile.read(path, path.getParent()), traffic.get(i)));
    }
    return ModelResources.yaml(options.nameOr(paths.getFirst()), options.entry(), versions);
  }

  @Override
  public boolean applyIfChanged() {
    boolean changed = false;
    for (Followed file : files) {
      changed |= readIfChanged(file);
    }
    if (changed) {
      String name = name();
      List<GenericKubernetesResource> objects =
          Documents.parse(
              ModelResources.yaml(
                  name, options.entry(), files.stream().map(file -> file.version).toList()),
              "the model " + name);
      ServerSideApply server = new ServerSideApply(client);
      objects.forEach(object -> server.apply(object, "the model " + name));
      models = Documents.models(objects);
    }
    return changed;
  }

  private String name() {
    return options.nameOr(files.getFirst().path);
  }

  @Override
  public List<String> models() {
    return models;
  }

  private boolean readIfChanged(Followed file) {
    Stamp now = Stamp.of(file.path);
    boolean settled = file.read == null || now.equals(file.seen);
    file.seen = now;
    // One that was written since the last look may be half a file.
    if (!settled || now.equals(file.read)) {
      return false;
    }
    ModelFile content = ModelFile.read(file.path, claim);
    file.read = now;
    if (file.version != null && content.sha256().equals(file.version.file().sha256())) {
      return false;
    }
    file.version = new ModelResources.Version("v" + ++versionsMade, content, file.traffic);
    return true;
  }
}
