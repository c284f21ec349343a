package dev.flightdelay.operator.leader;

/** What was to be written was not: this replica does not lead, or no longer. */
public final class NotLeading extends IllegalStateException {

  private static final long serialVersionUID = 1;

  NotLeading(String method, String path) {
    super("%s %s is not sent: this replica does not lead".formatted(method, path));
  }
}
