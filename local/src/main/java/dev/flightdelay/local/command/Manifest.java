package dev.flightdelay.local.command;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A YAML file: what it has no longer is deleted. */
final class Manifest implements Source {

  /** So much of a file is looked at: a manifest's comments are shorter. */
  private static final int LOOKED_AT = 1 << 16;

  /** A key of the document itself, in YAML or in JSON. */
  private static final Pattern API_VERSION =
      Pattern.compile("(?m)^(?:\\s*\\{)?\\s{0,4}[\"']?apiVersion[\"']?\\s*:");

  private final KubernetesClient client;
  private final Path file;
  private List<GenericKubernetesResource> applied = List.of();
  private String content = "";

  Manifest(KubernetesClient client, Path file) {
    this.client = client;
    this.file = file;
  }

  /** Whether a file is one, which its content says; any other is a model. */
  static boolean is(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1);
      return text.indexOf('\0') < 0 && API_VERSION.matcher(text).find();
    } catch (IOException e) {
      throw new LocalException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public boolean applyIfChanged() {
    String now = read(file);
    if (now.equals(content)) {
      return false;
    }
    // Refused or not, it is not tried again before it changes.
    content = now;
    List<GenericKubernetesResource> objects = Documents.parse(now, file);
    ServerSideApply server = new ServerSideApply(client);
    objects.forEach(object -> server.apply(object, file));
    for (GenericKubernetesResource old : applied) {
      if (objects.stream().noneMatch(object -> isSame(object, old))) {
        client.resource(old).delete();
      }
    }
    applied = objects;
    return true;
  }

  @Override
  public List<String> models() {
    return Documents.models(applied);
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw LocalException.gone(file);
    } catch (IOException e) {
      throw new LocalException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static boolean isSame(GenericKubernetesResource one, GenericKubernetesResource other) {
    return one.getKind().equals(other.getKind())
        && one.getApiVersion().equals(other.getApiVersion())
        && one.getMetadata().getName().equals(other.getMetadata().getName());
  }
}
