package dev.flightdelay.local.api;

/**
 * Who writes.
 *
 * @param operation {@code Apply} or {@code Update}: the same name is two managers
 * @param subresource empty, or {@code status}: and again two
 */
record FieldManager(String name, String operation, String apiVersion, String subresource) {

  static FieldManager applying(String name, String apiVersion, String subresource) {
    return new FieldManager(name, "Apply", apiVersion, subresource);
  }

  static FieldManager updating(String name, String apiVersion, String subresource) {
    return new FieldManager(name, "Update", apiVersion, subresource);
  }
}
