package dev.flightdelay.predictor.lightgbm;

/**
 * Numbers in a line of a model's text, with spaces between them: as many as are asked for, no more
 * and no fewer. Nothing is made for a number that a line has no room for.
 */
final class Numbers {

  /** Every natural number up to this has a double of its own. */
  private static final long EXACT = 1L << 53;

  /** Powers of ten that are doubles without rounding. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final int MAX_LENGTH = 64;

  private static final String ENDLESS = "inf";

  private final String text;
  private final int end;
  private int at;
  private int tokenEnd;

  private Numbers(String text, int from, int to) {
    this.text = text;
    this.at = from;
    this.end = to;
  }

  /**
   * @throws IllegalArgumentException if there are not {@code count} finite numbers
   */
  static double[] reals(String text, int from, int to, int count) {
    return reals(text, from, to, count, false);
  }

  /**
   * Numbers that others are compared with: {@code inf} is one that no finite number is above.
   *
   * @throws IllegalArgumentException if there are not {@code count} of them
   */
  static double[] limits(String text, int from, int to, int count) {
    return reals(text, from, to, count, true);
  }

  private static double[] reals(String text, int from, int to, int count, boolean endless) {
    requireRoom(from, to, count);
    Numbers numbers = new Numbers(text, from, to);
    double[] reals = new double[count];
    for (int i = 0; i < count; i++) {
      numbers.next(count);
      boolean isEndless =
          endless
              && numbers.tokenEnd - numbers.at == ENDLESS.length()
              && text.startsWith(ENDLESS, numbers.at);
      reals[i] = isEndless ? Double.MAX_VALUE : real(text, numbers.at, numbers.tokenEnd);
      numbers.at = numbers.tokenEnd;
    }
    numbers.requireEnd(count);
    return reals;
  }

  /**
   * @throws IllegalArgumentException if there are not {@code count} integers from {@code least} to
   *     {@code most}
   */
  static int[] integers(String text, int from, int to, int count, long least, long most) {
    requireRoom(from, to, count);
    Numbers numbers = new Numbers(text, from, to);
    int[] integers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers.next(count);
      integers[i] = (int) integer(text, numbers.at, numbers.tokenEnd, least, most);
      numbers.at = numbers.tokenEnd;
    }
    numbers.requireEnd(count);
    return integers;
  }

  /** One integer that fills the line. */
  static int integer(String text, int from, int to, int least, int most) {
    return integers(text, from, to, 1, least, most)[0];
  }

  /** How many numbers, or whatever else spaces divide, a line has. */
  static int count(String text, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != ' ' && (i == from || text.charAt(i - 1) == ' ')) {
        count++;
      }
    }
    return count;
  }

  private static void requireRoom(int from, int to, int count) {
    if (count > (to - from + 1L) / 2) {
      throw new IllegalArgumentException("fewer numbers than the %d declared".formatted(count));
    }
  }

  private void next(int count) {
    while (at < end && text.charAt(at) == ' ') {
      at++;
    }
    if (at == end) {
      throw new IllegalArgumentException("fewer numbers than the %d declared".formatted(count));
    }
    tokenEnd = at;
    while (tokenEnd < end && text.charAt(tokenEnd) != ' ') {
      tokenEnd++;
    }
    if (tokenEnd - at > MAX_LENGTH) {
      throw new IllegalArgumentException("a number of more than %d digits".formatted(MAX_LENGTH));
    }
  }

  private void requireEnd(int count) {
    while (at < end) {
      if (text.charAt(at++) != ' ') {
        throw new IllegalArgumentException("more numbers than the %d declared".formatted(count));
      }
    }
  }

  private static long integer(String text, int from, int to, long least, long most) {
    boolean negative = text.charAt(from) == '-';
    long number = 0;
    int digits = negative ? from + 1 : from;
    if (digits == to || to - digits > 18) {
      throw notANumber("an integer");
    }
    for (int i = digits; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw notANumber("an integer");
      }
      number = 10 * number + digit;
    }
    number = negative ? -number : number;
    if (number < least || number > most) {
      throw new IllegalArgumentException("%d is not from %d to %d".formatted(number, least, most));
    }
    return number;
  }

  /**
   * The number, rounded to the nearest double: at once where digits and exponent are small (W. D.
   * Clinger, How to read floating point numbers accurately), else by Java's own reading.
   */
  static double real(String text, int from, int to) {
    int i = from;
    boolean negative = text.charAt(i) == '-';
    if (negative || text.charAt(i) == '+') {
      i++;
    }
    long digits = 0;
    int seen = 0;
    int exponent = 0;
    boolean fraction = false;
    boolean exact = true;
    for (; i < to; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        seen++;
        if (digits > (Long.MAX_VALUE - 9) / 10) {
          exact = false;
        } else {
          digits = 10 * digits + (c - '0');
          exponent -= fraction ? 1 : 0;
        }
      } else if (c == '.' && !fraction) {
        fraction = true;
      } else {
        break;
      }
    }
    if (seen == 0) {
      throw notANumber("a finite number");
    }
    if (i < to) {
      exponent += exponent(text, i, to);
    }
    double number;
    if (exact && digits <= EXACT && Math.abs(exponent) < POWERS.length) {
      number = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
      return negative ? -number : number;
    }
    number = Double.parseDouble(text.substring(from, to));
    if (!Double.isFinite(number)) {
      throw notANumber("a finite number");
    }
    return number;
  }

  private static int exponent(String text, int from, int to) {
    if (text.charAt(from) != 'e' && text.charAt(from) != 'E') {
      throw notANumber("a finite number");
    }
    int i = from + 1;
    int digits = i < to && (text.charAt(i) == '-' || text.charAt(i) == '+') ? i + 1 : i;
    boolean negative = digits > i && text.charAt(i) == '-';
    if (digits == to || to - digits > 5) {
      throw notANumber("a finite number");
    }
    int exponent = 0;
    for (i = digits; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw notANumber("a finite number");
      }
      exponent = 10 * exponent + digit;
    }
    return negative ? -exponent : exponent;
  }

  private static IllegalArgumentException notANumber(String what) {
    return new IllegalArgumentException("something that is not " + what);
  }
}
