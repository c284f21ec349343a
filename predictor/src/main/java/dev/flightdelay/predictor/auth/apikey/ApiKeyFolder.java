package dev.flightdelay.predictor.auth.apikey;

import dev.flightdelay.predictor.auth.caller.Caller;
import dev.flightdelay.predictor.auth.caller.Callers;
import dev.flightdelay.predictor.auth.caller.Mechanism;
import dev.flightdelay.predictor.auth.scheme.AuthenticationException;
import dev.flightdelay.predictor.auth.scheme.CredentialHash;
import dev.flightdelay.predictor.auth.scheme.CredentialHasher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder of API keys: a file's name is the caller's, its lines are that caller's keys, so that an
 * old and a new one hold at the same time. A mounted Secret is such a folder; its files are links
 * through {@code ..data}, which the kubelet replaces at once for all of them. Names that begin with
 * a full stop are no callers.
 */
public final class ApiKeyFolder {

  static final int MIN_LENGTH = 32;
  static final int MAX_LENGTH = 512;
  static final int MAX_KEYS = 1000;
  private static final int MAX_FILE_LENGTH = 64 << 10;
  private static final Mechanism MECHANISM = new Mechanism("api-key");
  private static final String DATA = "..data";

  private final Path folder;
  private final Callers callers;

  public ApiKeyFolder(Path folder, Callers callers) {
    this.folder = folder;
    this.callers = callers;
  }

  /**
   * Reads all keys.
   *
   * @throws AuthenticationException if there is none, or one that cannot be used
   */
  ApiKeys read() {
    CredentialHasher hasher = new CredentialHasher();
    List<ApiKeys.Key> keys = new ArrayList<>();
    Map<CredentialHash, String> owners = new HashMap<>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      Caller caller = callers.of(MECHANISM, name, name);
      int before = keys.size();
      for (String key : lines(file)) {
        byte[] bytes = checked(key).getBytes(StandardCharsets.US_ASCII);
        CredentialHash hash = hasher.hash(bytes, 0, bytes.length);
        String owner = owners.put(hash, name);
        if (owner != null && !owner.equals(name)) {
          throw malformed();
        }
        keys.add(new ApiKeys.Key(hash, caller));
      }
      if (keys.size() == before) {
        throw malformed();
      }
    }
    if (keys.isEmpty()) {
      throw refused(
          "there is no key in it, so that nobody could call; add a file named as the caller, made"
              + " with: openssl rand -hex 32");
    }
    if (keys.size() > MAX_KEYS) {
      throw refused("there are more than " + MAX_KEYS + " keys; JWT_ISSUER is for so many");
    }
    return new ApiKeys(keys);
  }

  /** Another text whenever something in the folder is another, without reading the files. */
  String fingerprint() {
    StringBuilder state = new StringBuilder();
    try {
      Path data = folder.resolve(DATA);
      if (Files.isSymbolicLink(data)) {
        state.append(Files.readSymbolicLink(data)).append('\n');
      }
      for (Path file : files()) {
        state
            .append(file.getFileName())
            .append(' ')
            .append(Files.size(file))
            .append(' ')
            .append(Files.getLastModifiedTime(file).toInstant())
            .append('\n');
      }
    } catch (IOException | AuthenticationException unreadable) {
      state.append(unreadable.getMessage());
    }
    return state.toString();
  }

  private List<Path> files() {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      List<Path> files = new ArrayList<>();
      for (Path entry : entries) {
        if (!entry.getFileName().toString().startsWith(".")) {
          if (Files.isDirectory(entry)) {
            throw refused("there is a folder in it; keys are in files, each named as its caller");
          }
          files.add(entry);
        }
      }
      files.sort(null);
      return files;
    } catch (IOException e) {
      String why =
          Files.exists(folder, LinkOption.NOFOLLOW_LINKS) ? "cannot be read" : "is not there";
      throw new AuthenticationException(
          "the folder of API keys %s (API_KEYS_DIR) %s: mount the Secret of the callers there"
              .formatted(folder, why),
          e);
    }
  }

  private List<String> lines(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_FILE_LENGTH + 1);
      if (bytes.length > MAX_FILE_LENGTH) {
        throw malformed();
      }
      return new String(bytes, StandardCharsets.ISO_8859_1)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (NoSuchFileException replaced) {
      throw new AuthenticationException(
          "a file of API keys in %s went away while it was read".formatted(folder), replaced);
    } catch (IOException e) {
      throw new AuthenticationException(
          "a file of API keys in %s cannot be read: let the predictor's group read it"
              .formatted(folder),
          e);
    }
  }

  private String checked(String key) {
    boolean usable =
        key.length() >= MIN_LENGTH
            && key.length() <= MAX_LENGTH
            && key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (!usable) {
      throw malformed();
    }
    return key;
  }

  /**
   * One sentence for every wrong form, without a name or a length: a model's status shows it, also
   * of a Secret that was named in a model by somebody who may not read it.
   */
  private AuthenticationException malformed() {
    return refused(
        "what is in it is not keys; keys have at least %d characters and at most %d, ASCII without a space, one a line, and each is of one caller only, whose name its file has: openssl rand -hex 32"
            .formatted(MIN_LENGTH, MAX_LENGTH));
  }

  private AuthenticationException refused(String why) {
    return new AuthenticationException(
        "the folder of API keys %s (API_KEYS_DIR) cannot be used: %s".formatted(folder, why));
  }
}
