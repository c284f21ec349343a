package dev.flightdelay.predictor.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

class JsonReaderTest {

  /** What to compare with: an established reader under the same limits. */
  private static final JsonFactory JACKSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(8).maxNumberLength(64).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final String[] SEEDS = {
    "{\"array\":[0,1,2.5,-3e2,1.7976931348623157E308,0.1,-0.0]}",
    "{\"a\":{\"b\":[true,false,null,\"x\\u0041\\n\\\"\\\\é\"]},\"c\":[[],{}] , \"d\" : -12.5E-3}",
    "[[1,2],[3,4.5e+10],[\"\",\"\\ud83d\\ude00😀\"]]",
    "{\"instances\":[{\"OPERA\":\"Grupo LATAM\",\"MES\":7},{}],\"p\":1}",
  };

  @Test
  void takesAndRefusesWhatJacksonDoes() {
    Random random = new Random(7);
    String alphabet = "{}[]\",:0123456789.eE+-tfnaulrs\\ \t\n\r\u0001é/x";
    int accepted = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder json = new StringBuilder(SEEDS[i % SEEDS.length]);
      for (int k = random.nextInt(3); k >= 0; k--) {
        int at = random.nextInt(json.length());
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        switch (random.nextInt(3)) {
          case 0 -> json.setCharAt(at, c);
          case 1 -> json.insert(at, c);
          case 2 -> json.deleteCharAt(at);
          default -> throw new AssertionError();
        }
      }
      byte[] bytes =
          json.toString()
              .getBytes(i % 7 == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);

      boolean taken = takes(bytes);

      assertThat(taken).as(json.toString()).isEqualTo(jacksonTakes(bytes));
      accepted += taken ? 1 : 0;
    }
    assertThat(accepted).isGreaterThan(10_000);
  }

  @Test
  void readsEveryNumberAsTheNearestDouble() {
    Random random = new Random(11);
    for (int i = 0; i < 500_000; i++) {
      String text =
          switch (i % 6) {
            case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
            case 1 -> Double.toString(random.nextDouble());
            case 2 -> Integer.toString(random.nextInt());
            case 3 -> random.nextInt(100_000) + "." + random.nextInt(1_000_000);
            case 4 ->
                Math.abs(random.nextLong())
                    + "."
                    + Math.abs(random.nextLong())
                    + "e-"
                    + random.nextInt(330);
            default -> random.nextInt(1000) + "E" + (random.nextInt(60) - 30);
          };
      if (text.contains("N") || text.contains("y")) {
        continue;
      }
      assertThat(number(text)).as(text).isEqualTo(Double.parseDouble(text));
    }
  }

  @Test
  void saysWhenNumberIsTooLargeForDouble() {
    assertThat(number("1e999")).isInfinite();
    assertThat(number("-1e309")).isInfinite();
    assertThat(number("1e-999")).isZero();
    assertThat(number("9".repeat(64))).isEqualTo(1e64);
    assertThat(number("0.1e99999999999999999999")).isInfinite();
    assertThatThrownBy(() -> number("9".repeat(65)))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining("at most 64 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"01", "-", "+1", ".5", "1.", "1e", "1e+", "--1", "0x10", "1_0", "1d"})
  void refusesNumbersThatOnlyOtherLanguagesHave(String text) {
    assertThat(takes(text.getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @Test
  void boundsNestingAndStrings() {
    assertThat(takes(("[".repeat(8) + "]".repeat(8)).getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(takes(("[".repeat(9) + "]".repeat(9)).getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(takes("[".repeat(1 << 20).getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(takes(("\"" + "a".repeat(8192) + "\"").getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(takes(("\"" + "a".repeat(8193) + "\"").getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @Test
  void readsBackWhatTheWriterWrites() {
    String text = "a\"b\\c\u0000\u001f\u007fé€😀\ud800x\udc00\n";
    byte[] json = new JsonWriter().string(text).toBytes();

    assertThat(new JsonReader(json, 0, json.length).string()).isEqualTo(text);
  }

  private static double number(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    JsonReader json = new JsonReader(bytes, 0, bytes.length);
    double number = json.number();
    json.end();
    return number;
  }

  private static boolean takes(byte[] bytes) {
    try {
      JsonReader json = new JsonReader(bytes, 0, bytes.length);
      json.skip();
      json.end();
      return true;
    } catch (MalformedJsonException refused) {
      return false;
    }
  }

  private static boolean jacksonTakes(byte[] bytes) {
    try (JsonParser parser = JACKSON.createParser(ObjectReadContext.empty(), bytes)) {
      int values = 0;
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          parser.getString();
        }
        if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        }
        if (depth == 0) {
          values++;
        }
      }
      return values == 1;
    } catch (JacksonException refused) {
      return false;
    }
  }
}
