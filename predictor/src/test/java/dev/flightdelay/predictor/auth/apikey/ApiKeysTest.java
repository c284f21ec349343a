package dev.flightdelay.predictor.auth.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flightdelay.predictor.auth.ProjectedSecret;
import dev.flightdelay.predictor.auth.caller.CallerLimits;
import dev.flightdelay.predictor.auth.caller.Callers;
import dev.flightdelay.predictor.auth.caller.Mechanism;
import dev.flightdelay.predictor.auth.scheme.AuthenticationException;
import dev.flightdelay.predictor.auth.scheme.CredentialHash;
import dev.flightdelay.predictor.auth.scheme.CredentialHasher;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysTest {

  private static final Mechanism KEY = new Mechanism("key");

  private static final Callers CALLERS = new Callers(CallerLimits.NONE);

  @TempDir Path folder;

  @Test
  void findsEachOfManyKeysAndNothingElse() {
    List<ApiKeys.Key> all = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      all.add(new ApiKeys.Key(hash("key " + i), CALLERS.of(KEY, "c" + i, "caller " + i)));
    }
    ApiKeys keys = new ApiKeys(all);

    for (int i = 0; i < 1000; i++) {
      assertThat(keys.find(hash("key " + i)).name()).isEqualTo("caller " + i);
      assertThat(keys.find(hash("key " + i + " "))).isNull();
    }
    CredentialHash first = hash("key 0");
    for (int word = 0; word < 4; word++) {
      for (int bit = 0; bit < 64; bit++) {
        assertThat(keys.find(flipped(first, word, 1L << bit))).isNull();
      }
    }
  }

  @Test
  void readsProjectedSecretAndSeesItsChange() {
    ProjectedSecret secret = new ProjectedSecret(folder);
    secret.write(Map.of("a", "1".repeat(32) + "\r\n\n  " + "2".repeat(40) + "\n"));
    ApiKeyFolder keys = new ApiKeyFolder(folder, CALLERS);
    String before = keys.fingerprint();

    assertThat(keys.read().find(hash("1".repeat(32))).name()).isEqualTo("a");
    assertThat(keys.read().find(hash("2".repeat(40))).name()).isEqualTo("a");
    assertThat(keys.fingerprint()).isEqualTo(before);

    secret.write(Map.of("a", "1".repeat(32) + "\r\n\n  " + "2".repeat(40) + "\n"));
    assertThat(keys.fingerprint()).isNotEqualTo(before);
  }

  @Test
  void refusesOneKeyOfTwoCallers() throws Exception {
    Files.writeString(folder.resolve("a"), "1".repeat(32));
    Files.writeString(folder.resolve("b"), "1".repeat(32) + "\n");

    assertThatExceptionOfType(AuthenticationException.class)
        .isThrownBy(() -> new ApiKeyFolder(folder, CALLERS).read())
        .withMessageContaining("API_KEYS_DIR")
        .withMessageNotContaining("'a'")
        .withMessageNotContaining("'b'")
        .withMessageNotContaining("1111");
  }

  /**
   * Whoever names a Secret in a model reads this sentence in its status, and may read no Secret.
   */
  @Test
  void tellsNothingOfASecretThatHoldsNoKeys() throws Exception {
    List<String> contents =
        List.of("", "hunter2", "two words ".repeat(4), "1".repeat(5000), "ü".repeat(40));
    List<String> told = new ArrayList<>();
    for (String content : contents) {
      Files.writeString(folder.resolve("db-root-password"), content);
      try {
        new ApiKeyFolder(folder, CALLERS).read();
      } catch (AuthenticationException refused) {
        told.add(refused.getMessage());
      }
    }

    assertThat(told)
        .hasSameSizeAs(contents)
        .allSatisfy(
            message ->
                assertThat(message)
                    .contains("openssl rand -hex 32")
                    .doesNotContain("db-root-password", "hunter2", " 7 "));
    assertThat(Set.copyOf(told)).as("sentences, by which contents could be told apart").hasSize(1);
  }

  private static CredentialHash hash(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.US_ASCII);
    return new CredentialHasher().hash(bytes, 0, bytes.length);
  }

  private static CredentialHash flipped(CredentialHash hash, int word, long bit) {
    return new CredentialHash(
        hash.first() ^ (word == 0 ? bit : 0),
        hash.second() ^ (word == 1 ? bit : 0),
        hash.third() ^ (word == 2 ? bit : 0),
        hash.fourth() ^ (word == 3 ? bit : 0));
  }
}
