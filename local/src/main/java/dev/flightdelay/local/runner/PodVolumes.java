package dev.flightdelay.local.runner;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A pod's volumes as folders: those of ConfigMaps and Secrets with their files, claims as they are,
 * others empty.
 */
final class PodVolumes {

  private final KubernetesClient client;
  private final String namespace;
  private final Path folder;
  private final Path claims;

  /**
   * @param folder where the volumes of this pod are
   * @param claims where each PersistentVolumeClaim has a folder of its name
   */
  PodVolumes(KubernetesClient client, String namespace, Path folder, Path claims) {
    this.client = client;
    this.namespace = namespace;
    this.folder = folder;
    this.claims = claims;
  }

  /**
   * Makes the folders.
   *
   * @return the folder of each path that the container mounts
   * @throws PodStartException if something that is mounted is not there
   */
  Map<String, Path> materialise(PodSpec spec) {
    Map<String, Path> volumes = new HashMap<>();
    for (Volume volume : spec.getVolumes()) {
      volumes.put(volume.getName(), materialise(volume));
    }
    Map<String, Path> mounts = new HashMap<>();
    for (VolumeMount mount : spec.getContainers().getFirst().getVolumeMounts()) {
      Path path = volumes.get(mount.getName());
      if (path == null) {
        throw new PodStartException("FailedMount", "there is no volume " + mount.getName());
      }
      String below = mount.getSubPath() == null ? "" : mount.getSubPath();
      mounts.put(mount.getMountPath(), path.resolve(below));
    }
    return mounts;
  }

  private Path materialise(Volume volume) {
    Path path = folder.resolve(volume.getName());
    if (volume.getConfigMap() != null) {
      var source = volume.getConfigMap();
      boolean optional = Boolean.TRUE.equals(source.getOptional());
      ConfigMap map = client.configMaps().inNamespace(namespace).withName(source.getName()).get();
      if (map == null && !optional) {
        throw missing(volume, "configmap", source.getName());
      }
      write(
          path,
          map == null ? Map.of() : contents(map),
          source.getItems(),
          optional,
          volume.getName());
    } else if (volume.getSecret() != null) {
      var source = volume.getSecret();
      boolean optional = Boolean.TRUE.equals(source.getOptional());
      Secret secret =
          client.secrets().inNamespace(namespace).withName(source.getSecretName()).get();
      if (secret == null && !optional) {
        throw missing(volume, "secret", source.getSecretName());
      }
      write(
          path,
          secret == null ? Map.of() : contents(secret),
          source.getItems(),
          optional,
          volume.getName());
    } else if (volume.getPersistentVolumeClaim() != null) {
      String name = volume.getPersistentVolumeClaim().getClaimName();
      path = claims.resolve(name);
      if (!Files.isDirectory(path)) {
        throw new PodStartException(
            "FailedMount",
            "MountVolume.SetUp failed for volume \"%s\": a claim is a folder here, and there is no %s"
                .formatted(volume.getName(), path));
      }
    } else if (volume.getEmptyDir() != null) {
      write(path, Map.of(), List.of(), true, volume.getName());
    } else {
      throw new PodStartException(
          "FailedMount",
          ("MountVolume.SetUp failed for volume \"%s\": local mode has ConfigMaps, Secrets,"
                  + " claims and emptyDir only")
              .formatted(volume.getName()));
    }
    return path;
  }

  private PodStartException missing(Volume volume, String kind, String name) {
    return new PodStartException(
        "FailedMount",
        "MountVolume.SetUp failed for volume \"%s\" : %s \"%s\" not found"
            .formatted(volume.getName(), kind, name));
  }

  private static Map<String, byte[]> contents(ConfigMap map) {
    Map<String, byte[]> contents = new HashMap<>();
    if (map.getData() != null) {
      map.getData()
          .forEach((key, text) -> contents.put(key, text.getBytes(StandardCharsets.UTF_8)));
    }
    if (map.getBinaryData() != null) {
      map.getBinaryData()
          .forEach((key, text) -> contents.put(key, Base64.getMimeDecoder().decode(text)));
    }
    return contents;
  }

  private static Map<String, byte[]> contents(Secret secret) {
    Map<String, byte[]> contents = new HashMap<>();
    if (secret.getData() != null) {
      secret
          .getData()
          .forEach((key, text) -> contents.put(key, Base64.getMimeDecoder().decode(text)));
    }
    if (secret.getStringData() != null) {
      secret
          .getStringData()
          .forEach((key, text) -> contents.put(key, text.getBytes(StandardCharsets.UTF_8)));
    }
    return contents;
  }

  private static void write(
      Path path,
      Map<String, byte[]> contents,
      List<KeyToPath> items,
      boolean optional,
      String volume) {
    Map<String, byte[]> files = new HashMap<>();
    if (items == null || items.isEmpty()) {
      files.putAll(contents);
    } else {
      for (KeyToPath item : items) {
        if (contents.containsKey(item.getKey())) {
          files.put(item.getPath(), contents.get(item.getKey()));
        } else if (!optional) {
          throw new PodStartException(
              "FailedMount",
              "MountVolume.SetUp failed for volume \"%s\" : references non-existent config key: %s"
                  .formatted(volume, item.getKey()));
        }
      }
    }
    try {
      Files.createDirectories(path);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path target = path.resolve(file.getKey()).normalize();
        if (!target.startsWith(path)) {
          throw new PodStartException(
              "FailedMount", "the path %s leaves its volume".formatted(file.getKey()));
        }
        Files.createDirectories(target.getParent());
        Files.write(target, file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the volume " + volume + " to " + path, e);
    }
  }

  void delete() {
    if (!Files.exists(folder)) {
      return;
    }
    try (var walk = Files.walk(folder)) {
      for (Path path : new ArrayList<>(walk.sorted(Comparator.reverseOrder()).toList())) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }
}
