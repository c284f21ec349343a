package dev.flightdelay.architecture;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;

/** What the rules are about: the module's own classes, without those of its tests. */
public final class MainClasses {

  private MainClasses() {}

  /**
   * Reads them. Of the libraries' classes only the names are known then: reading those too would
   * take most of the time.
   */
  public static JavaClasses read() {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter().importPath(Path.of("target", "classes"));
  }
}
