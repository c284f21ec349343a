package dev.flightdelay.predictor.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A resource file with places to fill in, in Mustache's notation: a value is escaped for the file's
 * language unless its braces are three, a section is there for each map of a list. A place without
 * a value is a mistake; a section without one is left out.
 */
final class Template {

  private final String resource;
  private final com.samskivert.mustache.Template compiled;

  Template(String resource, UnaryOperator<String> escape, String source) {
    this.resource = resource;
    try {
      this.compiled = Mustache.compiler().withEscaper(escape::apply).compile(source);
    } catch (MustacheException malformed) {
      throw new IllegalStateException(resource + ": " + malformed.getMessage(), malformed);
    }
  }

  /** A file beside this class. */
  static Template read(String resource, UnaryOperator<String> escape) {
    return new Template(resource, escape, Resource.text(resource));
  }

  /**
   * The file with its places filled in.
   *
   * @param values texts, numbers, and for sections lists of such maps
   * @throws IllegalStateException if a place has no value: a name is misspelt
   */
  String fill(Map<String, ?> values) {
    try {
      return compiled.execute(values);
    } catch (MustacheException unfilled) {
      throw new IllegalStateException(resource + ": " + unfilled.getMessage(), unfilled);
    }
  }
}
