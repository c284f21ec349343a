package dev.flightdelay.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

class PackagesTest {

  private static final String BASE = OperatorApplication.class.getPackageName();
  private static final Pattern ARROW = Pattern.compile("(?m)^ +(\\S+) +-> (\\S+)");

  @Test
  void dependOnNoneThatDependsOnThem() {
    Map<String, Set<String>> uses = uses();

    assertThat(uses.keySet()).contains(BASE, BASE + ".plan", BASE + ".status");
    assertThat(uses.keySet()).noneMatch(name -> reached(name, uses).contains(name));
  }

  /** The packages that each package uses itself. */
  private static Map<String, Set<String>> uses() {
    StringWriter out = new StringWriter();
    int code =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(
                new PrintWriter(out),
                new PrintWriter(out),
                "--ignore-missing-deps",
                "-verbose:package",
                "-regex",
                BASE.replace(".", "\\.") + ".*",
                "target/classes");
    assertThat(code).as(out::toString).isZero();
    Map<String, Set<String>> uses = new TreeMap<>();
    Matcher arrows = ARROW.matcher(out.toString());
    while (arrows.find()) {
      uses.computeIfAbsent(arrows.group(1), _ -> new TreeSet<>()).add(arrows.group(2));
    }
    return uses;
  }

  private static Set<String> reached(String from, Map<String, Set<String>> uses) {
    Set<String> reached = new HashSet<>();
    reach(from, uses, reached);
    return reached;
  }

  private static void reach(String from, Map<String, Set<String>> uses, Set<String> reached) {
    for (String next : uses.getOrDefault(from, Set.of())) {
      if (reached.add(next)) {
        reach(next, uses, reached);
      }
    }
  }
}
