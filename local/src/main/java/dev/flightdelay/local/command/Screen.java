package dev.flightdelay.local.command;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Text that is redrawn in place on a terminal, and appended line by line elsewhere. */
final class Screen {

  private static final String UP_AND_CLEAR = "\u001b[%dA\u001b[J";

  /** A line that the terminal wraps would be two, and the way up too short. */
  private static final String WITHOUT_WRAPPING = "\u001b[?7l";

  private static final String WRAPPING = "\u001b[?7h";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final PrintStream out;
  private final boolean terminal;
  private List<String> drawn = List.of();
  private boolean closed;

  Screen(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** The table as it is now. */
  synchronized void draw(List<String> lines) {
    if (closed || lines.equals(drawn)) {
      return;
    }
    if (terminal) {
      clear();
      print(lines);
    } else {
      List<String> fresh = new ArrayList<>(lines);
      fresh.removeAll(drawn);
      String time = LocalTime.now().format(TIME);
      fresh.forEach(line -> out.println(time + "  " + line));
    }
    out.flush();
    drawn = List.copyOf(lines);
  }

  /** Text that stays, above the table. */
  synchronized void say(String text) {
    if (closed) {
      return;
    }
    if (terminal) {
      clear();
    }
    out.println(text);
    if (terminal) {
      print(drawn);
    }
    out.flush();
  }

  /** Nothing is shown any more: what ends while all is stopped is no news. */
  synchronized void close() {
    closed = true;
  }

  private void print(List<String> lines) {
    out.print(WITHOUT_WRAPPING);
    lines.forEach(out::println);
    out.print(WRAPPING);
  }

  private void clear() {
    if (!drawn.isEmpty()) {
      out.printf(UP_AND_CLEAR, drawn.size());
    }
  }
}
