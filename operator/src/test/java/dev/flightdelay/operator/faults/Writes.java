package dev.flightdelay.operator.faults;

import java.util.function.Predicate;

/**
 * Which of the writes from now on, counted from 1.
 *
 * @param matching what is counted at all
 */
public record Writes(Predicate<ApiCall> matching, int first, int last) {
  /** All but leases: leader election goes by the clock, and would move every count. */
  public static Writes all() {
    return new Writes(call -> !call.resource().equals("leases"), 1, Integer.MAX_VALUE);
  }

  public static Writes nth(int n) {
    return new Writes(all().matching, n, n);
  }

  public static Writes to(String resource) {
    return new Writes(call -> call.resource().equals(resource), 1, Integer.MAX_VALUE);
  }

  boolean includes(int count) {
    return first <= count && count <= last;
  }
}
