package dev.flightdelay.predictor.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as a person reads them. */
final class Decimal {

  private Decimal() {}

  /** All digits, without an exponent where that stays short: {@code 12.3}, {@code 1.5E-12}. */
  static String exact(double number) {
    double size = Math.abs(number);
    if (!Double.isFinite(number) || (size != 0 && (size < 1e-6 || size >= 1e15))) {
      return Double.toString(number);
    }
    String plain = BigDecimal.valueOf(number).toPlainString();
    return plain.endsWith(".0") && size >= 1e7 ? plain.substring(0, plain.length() - 2) : plain;
  }

  /** Four digits that count. */
  static String rounded(double number) {
    if (!Double.isFinite(number)) {
      return Double.toString(number);
    }
    double rounded = new BigDecimal(number).round(new MathContext(4)).doubleValue();
    String text = exact(rounded);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** As {@link #rounded}, with a sign. */
  static String signed(double number) {
    return number < 0 ? "\u2212" + rounded(-number) : "+" + rounded(number);
  }

  /** A share of 1 in percent, which is 0 or 100 only if it is exactly so: {@code 73.2 %}. */
  static String percent(double share) {
    if (share > 0 && share < 0.001) {
      return "< 0.1 %";
    }
    if (share < 1 && share > 0.999) {
      return "> 99.9 %";
    }
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** A share of 1 as a length in a drawing. */
  static String width(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * Math.clamp(share, 0, 1));
  }
}
