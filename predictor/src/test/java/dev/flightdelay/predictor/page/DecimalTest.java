package dev.flightdelay.predictor.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTest {

  @ParameterizedTest
  @CsvSource({
    "12.3, 12.3",
    "0, 0.0",
    "-1.5, -1.5",
    "123456789, 123456789",
    "0.00001, 0.000010",
    "1e-12, 1.0E-12",
    "1e300, 1.0E300"
  })
  void writesAllDigits(double number, String text) {
    assertThat(Double.parseDouble(Decimal.exact(number))).isEqualTo(number);
    assertThat(Decimal.exact(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"1.23456, +1.235", "-1.23456, \u22121.235", "2, +2", "0.000123456, +0.0001235"})
  void roundsToFourDigits(double number, String text) {
    assertThat(Decimal.signed(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0 %",
    "1, 100.0 %",
    "0.732, 73.2 %",
    "0.0001, < 0.1 %",
    "0.9999, > 99.9 %",
    "0.5, 50.0 %"
  })
  void isCertainOnlyWhereModelIs(double share, String text) {
    assertThat(Decimal.percent(share)).isEqualTo(text);
  }
}
