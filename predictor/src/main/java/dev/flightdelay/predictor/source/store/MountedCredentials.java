package dev.flightdelay.predictor.source.store;

import dev.flightdelay.predictor.network.AllowedHosts;
import dev.flightdelay.predictor.network.InvalidAddressException;
import dev.flightdelay.predictor.source.ModelFetchException;
import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The files of a mounted Secret, each one line; a key that the Secret lacks is no file. */
record MountedCredentials(Optional<Path> directory) {

  private static final int MAX_BYTES = 16 << 10;

  /** Access keys; both or none. */
  record AccessKey(String id, String secret) {}

  Optional<AccessKey> accessKey() {
    Optional<String> id = line("access-key-id");
    Optional<String> secret = line("secret-access-key");
    if (id.isPresent() != secret.isPresent()) {
      throw invalid("has only one of access-key-id and secret-access-key; it needs both or none");
    }
    return id.map(key -> new AccessKey(key, secret.orElseThrow()));
  }

  Optional<String> region() {
    Optional<String> region = line("region");
    // It becomes a part of a host's name.
    if (region.filter(name -> !name.matches("[A-Za-z0-9-]{1,63}")).isPresent()) {
      throw invalid("has a file region that is not one such as eu-west-1");
    }
    return region;
  }

  Optional<String> endpoint() {
    return line("endpoint");
  }

  /** The hosts that the credentials are for, written as MODEL_ALLOWED_HOSTS is. */
  Optional<AllowedHosts> hosts() {
    return line("hosts").map(MountedCredentials::hosts);
  }

  private static AllowedHosts hosts(String list) {
    try {
      return AllowedHosts.parse(list, "the credentials' file hosts");
    } catch (InvalidAddressException e) {
      throw ModelFetchException.of(e);
    }
  }

  /** A header's name and value, such as {@code Authorization: Bearer x}. */
  Optional<String[]> header() {
    return line("header")
        .map(
            line -> {
              int colon = line.indexOf(':');
              String name = colon < 0 ? "" : line.substring(0, colon).strip();
              if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
                throw invalid(
                    "has a file header that is not one line such as Authorization: Bearer x");
              }
              return new String[] {name, line.substring(colon + 1).strip()};
            });
  }

  private Optional<String> line(String name) {
    return directory.map(in -> in.resolve(name)).flatMap(this::content);
  }

  private Optional<String> content(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip();
      if (text.chars().anyMatch(Character::isISOControl)) {
        throw invalid("has more than one line in its file " + file.getFileName());
      }
      return Optional.of(text).filter(line -> !line.isEmpty());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw invalid("has a file " + file.getFileName() + " that cannot be read");
    }
  }

  private ModelFetchException invalid(String why) {
    return new ModelFetchException(
        Reason.INVALID_SETTINGS,
        "the credentials' directory " + directory.map(Path::toString).orElse("") + " " + why);
  }
}
