package dev.flightdelay.predictor.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeySourceTest {

  private static final RSAKey OLD = Issuer.rsa("old");
  private static final RSAKey FRESH = Issuer.rsa("fresh");

  private final AtomicLong millis = new AtomicLong();
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile String published = set(OLD);
  private final KeySource source = new KeySource(this::fetch, millis::get);

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void fetchesForUnknownKeysOnlySoOften() throws Exception {
    assertThat(refreshed().knows("old")).isTrue();
    published = set(FRESH);

    for (int i = 0; i < 100; i++) {
      assertThat(refreshed().knows("fresh")).isFalse();
    }
    assertThat(fetches).hasValue(1);

    millis.addAndGet(KeySource.MIN_PAUSE_MILLIS);
    assertThat(refreshed().knows("fresh")).isTrue();
    assertThat(source.keys().knows("old")).isFalse();
    assertThat(fetches).hasValue(2);
  }

  @Test
  void keepsTheLastGoodKeys() throws Exception {
    IssuerKeys good = refreshed();
    for (String nonsense :
        new String[] {null, "", "<html>", "{}", "{\"keys\":[]}", "[".repeat(9)}) {
      published = nonsense;
      millis.addAndGet(KeySource.MIN_PAUSE_MILLIS);

      assertThat(refreshed()).as(nonsense).isSameAs(good);
    }
  }

  @Test
  void hasTheSameKeysWhereTheyDidNotChange() throws Exception {
    IssuerKeys before = refreshed();
    millis.addAndGet(KeySource.MIN_PAUSE_MILLIS);

    assertThat(refreshed()).isSameAs(before);
    assertThat(fetches).hasValue(2);
  }

  @Test
  void hasNoneWhileTheIssuerWasNeverThere() throws Exception {
    published = null;

    assertThat(refreshed()).isNull();
  }

  private IssuerKeys refreshed() throws Exception {
    return source.refreshed().get(20, TimeUnit.SECONDS);
  }

  private byte[] fetch() throws IOException {
    fetches.incrementAndGet();
    if (published == null) {
      throw new IOException("away");
    }
    return published.getBytes(StandardCharsets.UTF_8);
  }

  private static String set(RSAKey key) {
    return new JWKSet(key.toPublicJWK()).toString(true);
  }
}
