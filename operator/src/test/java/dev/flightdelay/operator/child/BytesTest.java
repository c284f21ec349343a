package dev.flightdelay.operator.child;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BytesTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1023, 1023",
    "4Ki, 4096",
    "64Mi, 67108864",
    "2047Mi, 2146435072",
    "1Gi, 1073741824"
  })
  void readsWhatTheSchemaAdmits(String quantity, long bytes) {
    assertThat(Bytes.of(quantity)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1000, 1000",
    "1024, 1Ki",
    "1536, 1536",
    "536870912, 512Mi",
    "4563402752, 4352Mi",
    "1099511627776, 1Ti",
    "1125899906842624, 1024Ti"
  })
  void writesAsTheApiServerStores(long bytes, String quantity) {
    assertThat(Bytes.quantity(bytes)).hasToString(quantity);
    assertThat(Bytes.of(Bytes.quantity(bytes).toString())).isEqualTo(bytes);
  }
}
