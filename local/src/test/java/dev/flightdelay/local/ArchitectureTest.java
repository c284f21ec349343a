package dev.flightdelay.local;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.flightdelay.architecture.Circles;
import dev.flightdelay.architecture.MainClasses;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES = MainClasses.read();

  @Test
  void noCircleBetweenPackages() {
    Circles.betweenPackages().check(CLASSES);
  }

  @Test
  void noCircleBetweenClasses() {
    Circles.betweenClasses().check(CLASSES);
  }
}
