package dev.flightdelay.predictor.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of resources/pickle/values/make.py, as Python wrote them in every protocol. */
class PythonValuesTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void readsWhatPythonWroteInEveryProtocol(int protocol) throws IOException {
    byte[] file = resource("/pickle/values/values.p" + protocol + ".pkl");

    Pickle pickle = new PickleReader(new AllowedGlobals(List.of())).read(file);

    assertThat(pickle.protocol()).isEqualTo(protocol);
    Map<?, ?> values = (Map<?, ?>) pickle.root();
    assertThat(values.get("none")).isNull();
    assertThat(values.get("booleans")).isEqualTo(List.of(true, false));
    assertThat(values.get("integers"))
        .isEqualTo(
            List.of(
                0L,
                1L,
                -1L,
                255L,
                256L,
                65535L,
                65536L,
                -2147483648L,
                2147483648L,
                Long.MAX_VALUE,
                Long.MIN_VALUE));
    assertThat(values.get("large integers"))
        .isEqualTo(
            List.of(
                BigInteger.TWO.pow(63),
                BigInteger.TWO.pow(63).negate().subtract(BigInteger.ONE),
                BigInteger.TWO.pow(127).add(BigInteger.valueOf(12345))));
    assertThat(values.get("floats"))
        .isEqualTo(
            List.of(
                0.0,
                -0.0,
                1.5,
                1e-300,
                Double.MAX_VALUE,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY));
    assertThat(values.get("texts"))
        .isEqualTo(
            List.of(
                "",
                "plain",
                "back\\slash \\" + "u0041 \\",
                "two\nlines\r\t\0" + (char) 0x1a + "'\"",
                "\u00e9\u20ac\ud83d\ude00",
                "x".repeat(300)));
    byte[] allBytes = new byte[256];
    for (int i = 0; i < 256; i++) {
      allBytes[i] = (byte) i;
    }
    assertThat((List<?>) values.get("bytes"))
        .usingElementComparator((a, b) -> Arrays.compare(bytes(a), bytes(b)))
        .isEqualTo(
            List.of(
                new byte[0],
                new byte[] {0, -1, '\n', '\\'},
                allBytes,
                "y".repeat(70_000).getBytes(StandardCharsets.ISO_8859_1)));
    assertThat((List<?>) values.get("bytearrays"))
        .usingElementComparator((a, b) -> Arrays.compare(bytes(a), bytes(b)))
        .isEqualTo(List.of(new byte[0], new byte[] {0, -1}));
    assertThat(((List<?>) values.get("tuples")).toArray())
        .usingRecursiveComparison()
        .isEqualTo(
            new Object[] {
              new Object[] {},
              new Object[] {1L},
              new Object[] {1L, 2L},
              new Object[] {1L, 2L, 3L},
              new Object[] {1L, 2L, 3L, 4L}
            });
    Object[] shared = (Object[]) values.get("shared");
    assertThat(shared[0]).isSameAs(shared[1]).isEqualTo(List.of("shared"));
    assertThat(((Map<?, ?>) values.get("keys")).keySet().toArray())
        .containsExactly("a", 1L, 2.5, false, null, BigInteger.TWO.pow(70));
    assertThat(values.get("many")).isEqualTo(LongStream.range(0, 2500).boxed().toList());
  }

  private static byte[] bytes(Object value) {
    return FileSlice.copy(value).orElseThrow();
  }

  private static byte[] resource(String path) throws IOException {
    try (InputStream stream = PythonValuesTest.class.getResourceAsStream(path)) {
      return stream.readAllBytes();
    }
  }
}
