package dev.flightdelay.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Rules against circles: of packages, or classes, each of which needs the next and the last the
 * first, so that none can be understood, tested or changed without the others.
 */
public final class Circles extends ArchCondition<JavaClass> {

  /** So many of the classes that make an arrow are named. */
  private static final int MAX_NAMED = 3;

  private final UnaryOperator<String> part;
  private final Map<String, ClassFileNames> files = new TreeMap<>();
  private final SealedFamilies families = new SealedFamilies();

  /** By the part that needs the other, and that other: the classes that make the arrow. */
  private final Map<String, Map<String, Set<String>>> arrows = new TreeMap<>();

  private Circles(String description, UnaryOperator<String> part) {
    super(description);
    this.part = part;
  }

  /** No circle between packages. */
  public static ArchRule betweenPackages() {
    return classes()
        .should(new Circles("be in packages without a circle", Circles::packageOf))
        .because(
            "a package is read, tested and replaced by itself: move what closes the circle to the"
                + " package below, or have it passed in from the one above");
  }

  /**
   * No circle between classes, where nested ones count as the one that they are in, and a sealed
   * type and those that it permits as one.
   */
  public static ArchRule betweenClasses() {
    return classes()
        .should(new Circles("need each other in no circle", Circles::outermost))
        .because(
            "two classes that need each other are one in two files: move the constant or method to"
                + " where it belongs, pass the value in, or split off what both need; only a sealed"
                + " type and those that it permits may name each other");
  }

  @Override
  public void init(Collection<JavaClass> all) {
    all.forEach(type -> files.put(type.getName(), ClassFileNames.of(type)));
    files.forEach(
        (name, file) ->
            file.permitted().forEach(other -> families.join(part.apply(name), part.apply(other))));
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    String from = families.of(part.apply(type.getName()));
    Set<String> named = new TreeSet<>(files.get(type.getName()).named());
    named.retainAll(files.keySet());
    for (String name : named) {
      String to = families.of(part.apply(name));
      if (!from.equals(to)) {
        arrows
            .computeIfAbsent(from, _ -> new TreeMap<>())
            .computeIfAbsent(to, _ -> new TreeSet<>())
            .add(simple(type.getName()) + " -> " + simple(name));
      }
    }
  }

  /** A circle is told once: by the first of its names. */
  @Override
  public void finish(ConditionEvents events) {
    for (String first : arrows.keySet()) {
      List<String> circle = shortest(first);
      if (!circle.isEmpty() && first.equals(Collections.min(circle))) {
        events.add(SimpleConditionEvent.violated(circle, described(circle)));
      }
    }
  }

  /** The shortest circle through a part, without the way back to it; empty if there is none. */
  private List<String> shortest(String start) {
    Map<String, String> cameFrom = new HashMap<>();
    Deque<String> next = new ArrayDeque<>(List.of(start));
    while (!next.isEmpty() && !cameFrom.containsKey(start)) {
      String at = next.remove();
      for (String other : arrows.getOrDefault(at, Map.of()).keySet()) {
        if (cameFrom.putIfAbsent(other, at) == null) {
          next.add(other);
        }
      }
    }
    List<String> circle = new ArrayList<>();
    for (String at = cameFrom.get(start);
        at != null;
        at = at.equals(start) ? null : cameFrom.get(at)) {
      circle.addFirst(at);
    }
    return circle;
  }

  private String described(List<String> circle) {
    StringBuilder text = new StringBuilder("A circle:");
    for (int i = 0; i < circle.size(); i++) {
      String from = circle.get(i);
      String to = circle.get((i + 1) % circle.size());
      Set<String> by = arrows.get(from).get(to);
      text.append("%n  %s needs %s: ".formatted(from, to))
          .append(by.stream().limit(MAX_NAMED).collect(Collectors.joining(", ")))
          .append(by.size() > MAX_NAMED ? ", .." : "");
    }
    return text.toString();
  }

  private static String packageOf(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static String outermost(String name) {
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
  }
}
