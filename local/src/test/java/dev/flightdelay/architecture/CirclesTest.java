package dev.flightdelay.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CirclesTest {

  @Test
  void aCopiedConstantClosesACircle() {
    assertThat(faults(Circles.betweenClasses(), Reader.class, Limits.class))
        .singleElement()
        .asString()
        .contains("Limits needs", "Limits -> Reader", "Reader needs", "Reader -> Limits");
  }

  @Test
  void aNestedClassCountsAsTheOneItIsIn() {
    assertThat(faults(Circles.betweenClasses(), Outer.class, Outer.Nested.class, Other.class))
        .singleElement()
        .asString()
        .contains("Other -> Outer.Nested");
  }

  @Test
  void aSealedTypeMayMakeWhatItPermits() {
    assertThat(faults(Circles.betweenClasses(), Shape.class, Square.class)).isEmpty();
  }

  @Test
  void noOtherMayStandBetweenASealedTypeAndWhatItPermits() {
    assertThat(faults(Circles.betweenClasses(), Shape.class, Square.class, Painter.class))
        .singleElement()
        .asString()
        .contains("Square -> Painter", "Painter -> Shape");
  }

  @Test
  void packagesNeedEachOther() {
    assertThat(faults(Circles.betweenPackages(), Collection.class, Stream.class))
        .singleElement()
        .asString()
        .contains("java.util needs java.util.stream: Collection -> Stream")
        .contains("java.util.stream needs java.util: Stream -> Collection");
  }

  private static List<String> faults(ArchRule rule, Class<?>... classes) {
    return rule.evaluate(new ClassFileImporter().importClasses(classes))
        .getFailureReport()
        .getDetails();
  }
}

final class Reader {
  static final int MAX_BYTES = 64;

  int read(Limits limits) {
    return limits.bytes();
  }
}

record Limits(int bytes) {
  Limits {
    if (bytes > Reader.MAX_BYTES) {
      throw new IllegalArgumentException("too many");
    }
  }
}

final class Outer {
  Other other;

  static final class Nested {}
}

final class Other {
  Outer.Nested nested;
}

sealed interface Shape permits Square {
  static Shape of(int side) {
    return new Square(side);
  }
}

record Square(int side) implements Shape {
  void paint(Painter painter) {
    painter.paint(this);
  }
}

final class Painter {
  void paint(Shape shape) {}
}
