package dev.flightdelay.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The classes that a class file names, all of them: the compiler puts each into the constant pool.
 * ArchUnit's dependencies lack those of which there is but a constant that was copied, a cast, or a
 * pattern.
 *
 * @param permitted those that may extend it, where it is sealed
 */
record ClassFileNames(Set<String> named, Set<String> permitted) {

  private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([\\w$/]+)[;<]");

  static ClassFileNames of(JavaClass type) {
    try (InputStream file = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      ClassModel model = ClassFile.of().parse(file.readAllBytes());
      return new ClassFileNames(named(model), permitted(model));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> named(ClassModel model) {
    Set<String> named = new TreeSet<>();
    for (PoolEntry entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry type -> named.add(name(type.asInternalName()));
        case Utf8Entry text ->
            IN_DESCRIPTOR
                .matcher(text.stringValue())
                .results()
                .map(result -> result.group(1))
                .forEach(type -> named.add(name(type)));
        default -> {}
      }
    }
    return named;
  }

  private static Set<String> permitted(ClassModel model) {
    return model
        .findAttribute(Attributes.permittedSubclasses())
        .map(attribute -> attribute.permittedSubclasses())
        .orElse(List.of())
        .stream()
        .map(type -> name(type.asInternalName()))
        .collect(Collectors.toSet());
  }

  private static String name(String internal) {
    return internal.replace('/', '.');
  }
}
