package dev.flightdelay.predictor.pickle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The globals by which the pickle protocols 0 to 4 write what later protocols have opcodes for:
 * instances, bytes and bytearrays.
 */
final class ProtocolGlobals {

  /** What {@code copyreg._reconstructor} and {@code copyreg.__newobj__} ask for: an instance. */
  record NewInstance(GlobalName type, Object[] arguments) {}

  private static final String INSTANCES = "protocols 0 and 1 make every instance by it";
  private static final String BYTES = "protocols 0 to 2 write bytes by it";
  private static final String BYTEARRAYS = "protocols 0 to 4 write a bytearray by it";

  static final List<AllowedGlobal> ALL =
      List.of(
          value("builtins", "object"),
          value("__builtin__", "object"),
          value("builtins", "tuple"),
          value("__builtin__", "tuple"),
          function("copyreg", "_reconstructor", ProtocolGlobals::reconstructor, INSTANCES),
          function("copy_reg", "_reconstructor", ProtocolGlobals::reconstructor, INSTANCES),
          function("copyreg", "__newobj__", ProtocolGlobals::newObject, INSTANCES),
          function("copy_reg", "__newobj__", ProtocolGlobals::newObject, INSTANCES),
          function("_codecs", "encode", ProtocolGlobals::encode, BYTES),
          function("builtins", "bytes", ProtocolGlobals::bytes, BYTES),
          function("__builtin__", "bytes", ProtocolGlobals::bytes, BYTES),
          function("builtins", "bytearray", ProtocolGlobals::bytearray, BYTEARRAYS),
          function("__builtin__", "bytearray", ProtocolGlobals::bytearray, BYTEARRAYS));

  private ProtocolGlobals() {}

  private static AllowedGlobal function(
      String module, String name, AllowedGlobal.Call call, String why) {
    return new AllowedGlobal.Function(new GlobalName(module, name), call, why);
  }

  private static AllowedGlobal value(String module, String name) {
    return new AllowedGlobal.Value(
        new GlobalName(module, name), "protocols 0 and 1 name it as the base of every instance");
  }

  /**
   * {@code (class, object, None)}: an instance of a class that extends no built-in type; {@code
   * (class, tuple, items)}: a named tuple.
   */
  private static Object reconstructor(Object[] arguments) {
    if (arguments.length == 3
        && arguments[0] instanceof GlobalName type
        && arguments[1] instanceof GlobalName base
        && (base.module().equals("builtins") || base.module().equals("__builtin__"))) {
      if (base.name().equals("object") && arguments[2] == null) {
        return new NewInstance(type, new Object[0]);
      }
      if (base.name().equals("tuple") && arguments[2] instanceof Object[] items) {
        return new NewInstance(type, items);
      }
    }
    throw new IllegalArgumentException(
        "_reconstructor takes a class, object and None, or a class, tuple and its items");
  }

  /** {@code (class, arguments...)}. */
  private static Object newObject(Object[] arguments) {
    if (arguments.length >= 1 && arguments[0] instanceof GlobalName type) {
      return new NewInstance(type, Arrays.copyOfRange(arguments, 1, arguments.length));
    }
    throw new IllegalArgumentException("__newobj__ takes a class and arguments");
  }

  /** {@code (text, 'latin1')}. */
  private static Object encode(Object[] arguments) {
    if (arguments.length == 2 && arguments[0] instanceof String text && isLatin1(arguments[1])) {
      return latin1(text);
    }
    throw new IllegalArgumentException("_codecs.encode takes a text and 'latin1'");
  }

  /** {@code ()}: protocol 2 has no other way to write no bytes. */
  private static Object bytes(Object[] arguments) {
    if (arguments.length == 0) {
      return new byte[0];
    }
    throw new IllegalArgumentException("bytes takes no arguments here");
  }

  /** {@code ()}, {@code (bytes)} or {@code (text, 'latin-1')}. */
  private static Object bytearray(Object[] arguments) {
    if (arguments.length == 0) {
      return new byte[0];
    }
    if (arguments.length == 1 && arguments[0] instanceof byte[] bytes) {
      return bytes;
    }
    if (arguments.length == 2 && arguments[0] instanceof String text && isLatin1(arguments[1])) {
      return latin1(text);
    }
    throw new IllegalArgumentException("bytearray takes bytes, or a text and 'latin-1'");
  }

  private static boolean isLatin1(Object encoding) {
    return "latin1".equals(encoding) || "latin-1".equals(encoding);
  }

  private static byte[] latin1(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xff) {
        throw new IllegalArgumentException("a text that stands for bytes has a letter above 255");
      }
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
