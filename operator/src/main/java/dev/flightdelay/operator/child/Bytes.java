package dev.flightdelay.operator.child;

import io.fabric8.kubernetes.api.model.Quantity;

/** Numbers of bytes as Kubernetes writes them. */
final class Bytes {

  static final long MI = 1L << 20;

  private Bytes() {}

  static long of(String quantity) {
    return Quantity.getAmountInBytes(new Quantity(quantity)).longValueExact();
  }

  /** As the API server stores it: the largest unit that leaves no fraction. */
  static Quantity quantity(long bytes) {
    String[] units = {"", "Ki", "Mi", "Gi", "Ti"};
    int unit = 0;
    long amount = bytes;
    while (amount != 0 && amount % 1024 == 0 && unit < units.length - 1) {
      amount /= 1024;
      unit++;
    }
    return new Quantity(amount + units[unit]);
  }
}
