package dev.flightdelay.operator.cache;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;

/**
 * Keeps texts once that come again in each model's objects: images, names of ports and variables,
 * values of labels, times. It remembers those that were read last, as many as it has places.
 */
final class SharedText extends StdScalarDeserializer<String> {

  private static final long serialVersionUID = 1;

  private static final int PLACES = 1 << 14;
  private static final int MAX_LENGTH = 200;

  /** Threads may overwrite what others put there: then a text is kept twice. */
  private static final String[] READ = new String[PLACES];

  SharedText() {
    super(String.class);
  }

  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    String text = StringDeserializer.instance.deserialize(parser, context);
    if (text == null || text.length() > MAX_LENGTH) {
      return text;
    }
    int hash = text.hashCode();
    int place = (hash ^ hash >>> 16) & PLACES - 1;
    String known = READ[place];
    if (text.equals(known)) {
      return known;
    }
    READ[place] = text;
    return text;
  }
}
