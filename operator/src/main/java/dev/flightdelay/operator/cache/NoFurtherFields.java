package dev.flightdelay.operator.cache;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Map;

/**
 * Takes from every part of an object the map for fields that the client does not know, where there
 * are none: objects have dozens of parts, and their empty maps are a third of the caches.
 */
final class NoFurtherFields extends BeanDeserializerModifier {

  private static final long serialVersionUID = 1;

  @Override
  public JsonDeserializer<?> modifyDeserializer(
      DeserializationConfig config, BeanDescription type, JsonDeserializer<?> deserializer) {
    try {
      Class<?> bean = type.getBeanClass();
      return new Lean(
          deserializer,
          bean.getMethod("getAdditionalProperties"),
          bean.getMethod("setAdditionalProperties", Map.class));
    } catch (NoSuchMethodException e) {
      // It keeps none.
      return deserializer;
    }
  }

  private static final class Lean extends DelegatingDeserializer {

    private static final long serialVersionUID = 1;

    private final transient Method further;
    private final transient Method setFurther;

    private Lean(JsonDeserializer<?> deserializer, Method further, Method setFurther) {
      super(deserializer);
      this.further = further;
      this.setFurther = setFurther;
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> deserializer) {
      return new Lean(deserializer, further, setFurther);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      Object part = super.deserialize(parser, context);
      try {
        if (part != null && further.invoke(part) instanceof Map<?, ?> map && map.isEmpty()) {
          setFurther.invoke(part, Map.of());
        }
      } catch (ReflectiveOperationException e) {
        throw new IOException(part.getClass() + " keeps further fields in another way", e);
      }
      return part;
    }
  }
}
