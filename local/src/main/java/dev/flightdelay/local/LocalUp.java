package dev.flightdelay.local;

import dev.flightdelay.local.command.LocalMode;
import java.util.List;

/** The command behind ./local-up. */
public final class LocalUp {

  private LocalUp() {}

  public static void main(String[] arguments) {
    System.exit(LocalMode.run(List.of(arguments)));
  }
}
