package dev.flightdelay.predictor.dataplane.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.util.AsciiString;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HeaderValuesTest {

  private final HeaderValues values = new HeaderValues();

  @Test
  void everyByteAtEveryPlace() {
    for (int length = 1; length <= 25; length++) {
      for (int place = 0; place < length; place++) {
        for (int b = 0; b < 256; b++) {
          byte[] text = plain(length);
          text[place] = (byte) b;
          check(text, b >= ' ' && b <= '~' && (place > 0 || b != ' '));
        }
      }
    }
  }

  /** Bytes that are looked at together must not hide one another. */
  @Test
  void everyTwoBytesBesideEachOther() {
    for (int place = 1; place < 10; place++) {
      for (int one = 0; one < 256; one++) {
        for (int other = 0; other < 256; other++) {
          byte[] text = plain(18);
          text[place] = (byte) one;
          text[place + 1] = (byte) other;
          check(text, Math.min(one, other) >= ' ' && Math.max(one, other) <= '~');
        }
      }
    }
  }

  @Test
  void longOnesAreLookedAtInPieces() {
    for (int length : new int[] {1023, 1024, 1025, 5000}) {
      check(plain(length), true);
      for (int place : new int[] {0, 1022, 1023, 1024, length - 1}) {
        if (place < length) {
          byte[] text = plain(length);
          text[place] = 0x7f;
          check(text, false);
        }
      }
    }
  }

  @Test
  void nettyHasTheLastWord() {
    assertThatCode(() -> values.validate("")).doesNotThrowAnyException();
    assertThatCode(() -> values.validate("Cádiz\tMálaga")).doesNotThrowAnyException();
    assertThatCode(() -> values.validate(new AsciiString("gzip"))).doesNotThrowAnyException();
    for (String wrong : new String[] {" a", "\ta", "a\0", "a\r\n b", "a\u007f", "\u000b"}) {
      assertThatThrownBy(() -> values.validate(wrong)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> values.validate(new AsciiString(wrong)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static byte[] plain(int length) {
    byte[] text = new byte[length];
    Arrays.fill(text, (byte) 'a');
    return text;
  }

  private void check(byte[] text, boolean plain) {
    String value = new String(text, ISO_8859_1);
    boolean said = values.plain(value);
    if (said != plain || said && HttpHeaderValidationUtil.validateValidHeaderValue(value) != -1) {
      assertThat(said).as(Arrays.toString(text)).isEqualTo(plain);
      assertThat(HttpHeaderValidationUtil.validateValidHeaderValue(value)).isEqualTo(-1);
    }
  }
}
