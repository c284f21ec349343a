package dev.flightdelay.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Screen screen(boolean terminal) {
    return new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal);
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void redrawsInPlaceOnATerminal() {
    Screen screen = screen(true);

    screen.draw(List.of("head", "a 0/1"));
    screen.draw(List.of("head", "a 1/1"));

    assertThat(shown())
        .isEqualTo(
            "\u001b[?7lhead\na 0/1\n\u001b[?7h\u001b[2A\u001b[J\u001b[?7lhead\na 1/1\n\u001b[?7h");
  }

  @Test
  void keepsWhatIsSaidAboveTheTable() {
    Screen screen = screen(true);

    screen.draw(List.of("table"));
    screen.say("news");

    assertThat(shown())
        .isEqualTo("\u001b[?7ltable\n\u001b[?7h\u001b[1A\u001b[Jnews\n\u001b[?7ltable\n\u001b[?7h");
  }

  @Test
  void appendsOnlyWhatChangedElsewhere() {
    Screen screen = screen(false);

    screen.draw(List.of("head", "a 0/1", "b 0/1"));
    screen.draw(List.of("head", "a 0/1", "b 1/1"));
    screen.draw(List.of("head", "a 0/1", "b 1/1"));

    assertThat(shown().lines().map(line -> line.replaceFirst("^[0-9:]{8}  ", "")))
        .containsExactly("head", "a 0/1", "b 0/1", "b 1/1");
  }
}
