package dev.flightdelay.predictor.dataplane.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.dataplane.Models;
import dev.flightdelay.predictor.dataplane.RawConnection;
import dev.flightdelay.predictor.dataplane.RunningServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that clients keep, and ask whether they are still so. */
class RevalidationTest {

  private static final RunningServer SERVER = RunningServer.serving(Models.sumOfTwo());

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/docs", "/docs/style.css", "/openapi.json"})
  void saysWhetherPageIsStillTheSame(String path) {
    try (RawConnection client = SERVER.connect()) {
      RawConnection.Reply page = client.send(get(path, "")).reply();
      String tag = page.header("ETag");
      assertThat(page.status()).isEqualTo(200);
      assertThat(tag).matches("W/\"[0-9a-f]{32}\"");
      assertThat(page.header("Cache-Control")).isEqualTo("no-cache");

      for (String held : new String[] {tag, tag.substring(2), "\"a\", " + tag, "*"}) {
        RawConnection.Reply same = client.send(get(path, ifNoneMatch(held))).reply();

        assertThat(same.status()).isEqualTo(304);
        assertThat(same.header("ETag")).isEqualTo(tag);
        assertThat(same.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(same.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(same.headers()).doesNotContainKeys("Content-Length", "Content-Type");
      }
      String compressed = get(path, "Accept-Encoding: gzip, identity;q=0\r\n");
      assertThat(client.send(compressed).replyWithoutBody().header("ETag")).isEqualTo(tag);
    }
  }

  @Test
  void givesThePageToWhoHasAnother() {
    try (RawConnection client = SERVER.connect()) {
      String tag = client.send(get("/", "")).reply().header("ETag");

      for (String held : new String[] {"\"a\"", tag.replace("\"", ""), ""}) {
        assertThat(client.send(get("/", ifNoneMatch(held))).reply().body()).isEqualTo("<form>");
      }
      assertThat(client.send(get("/openapi.json", ifNoneMatch(tag))).reply().status())
          .isEqualTo(200);
      assertThat(client.send(get("/livez", ifNoneMatch("*"))).reply().status()).isEqualTo(200);
    }
  }

  private static String ifNoneMatch(String tags) {
    return "If-None-Match: " + tags + "\r\n";
  }

  private static String get(String path, String header) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + header + "\r\n";
  }
}
