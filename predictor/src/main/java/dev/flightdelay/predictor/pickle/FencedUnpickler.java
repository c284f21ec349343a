package dev.flightdelay.predictor.pickle;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.Unpickler;

/**
 * The library's unpickler behind a fence: every opcode that names, calls, makes or fills anything
 * is done here, by the rules of one instance's table. The library's own registry of constructors,
 * which is open to the whole process, is never consulted. For one file that {@link PickleVerifier}
 * has passed; never used again.
 */
final class FencedUnpickler extends Unpickler {

  private static final Object[] EMPTY_TUPLE = {};

  private final byte[] file;
  private final FileBytes bytes;
  private final AllowedGlobals allowed;
  private final Iterator<RawArrays.Items> rawArrays;
  private int offset;

  /**
   * @param rawArrays where the verifier found the items of arrays
   */
  FencedUnpickler(byte[] file, AllowedGlobals allowed, List<RawArrays.Items> rawArrays) {
    this(file, 0, allowed, rawArrays);
  }

  private FencedUnpickler(
      byte[] file, int start, AllowedGlobals allowed, List<RawArrays.Items> rawArrays) {
    this.file = file;
    this.bytes = new FileBytes(file, start);
    this.allowed = allowed;
    this.rawArrays = rawArrays.iterator();
  }

  /** The object at the top of the pickle. */
  Object load() {
    try {
      return load(bytes);
    } catch (ModelRefusedException refused) {
      throw refused;
    } catch (IOException | RuntimeException unexpected) {
      throw new ModelRefusedException(
          Reason.MALFORMED,
          offset,
          "the pickle cannot be read (%s); save it again"
              .formatted(unexpected.getClass().getSimpleName()));
    }
  }

  @Override
  protected Object dispatch(short key) throws IOException {
    offset = bytes.position() - 1;
    Opcode opcode = Opcode.of(key);
    if (opcode == null || !opcode.isAllowed()) {
      throw refuse(Reason.OPCODE_NOT_ALLOWED, "0x%02x is no opcode of a model".formatted(key));
    }
    try {
      switch (opcode) {
        case INT -> {
          int from = bytes.position();
          stack.add(Text.integerOrBoolean(file, from, bytes.skipLine()));
        }
        case LONG -> {
          int from = bytes.position();
          stack.add(Text.longInteger(file, from, bytes.skipLine()));
        }
        case LONG1 -> {
          int length = bytes.read();
          int from = bytes.skip(length);
          stack.add(Text.littleEndian(file, from, from + length));
        }
        case BININT -> stack.add((long) little(4));
        case BININT1 -> stack.add((long) little(1));
        case BININT2 -> stack.add((long) little(2));
        case FLOAT -> {
          int from = bytes.position();
          stack.add(Text.floating(file, from, bytes.skipLine()));
        }
        case STRING -> {
          int from = bytes.position();
          int to = bytes.skipLine();
          var text = new StringBuilder(to - from);
          Text.quoted(file, from, to, text);
          stack.add(text.toString());
        }
        case UNICODE -> {
          int from = bytes.position();
          int to = bytes.skipLine();
          var text = new StringBuilder(to - from);
          Text.rawUnicodeEscape(file, from, to, text);
          stack.add(text.toString());
        }
        case BINSTRING -> stack.add(latin1(little(4)));
        case SHORT_BINSTRING -> stack.add(latin1(little(1)));
        case BINBYTES -> stack.add(slice(little(4)));
        case SHORT_BINBYTES -> stack.add(slice(little(1)));
        case BYTEARRAY8 -> {
          int length = little(4);
          // The other half of a length that the file has is 0.
          bytes.skip(4);
          stack.add(slice(length));
        }
        case EMPTY_TUPLE -> stack.add(EMPTY_TUPLE);
        case EMPTY_DICT -> stack.add(new LinkedHashMap<>());
        case EMPTY_SET -> stack.add(new LinkedHashSet<>());
        case DICT -> dictionary();
        case APPENDS -> appends();
        case ADDITEMS -> addItems();
        case SETITEM -> setItem();
        case SETITEMS -> setItems();
        case GLOBAL -> global();
        case STACK_GLOBAL -> stackGlobal();
        case REDUCE -> reduce();
        case NEWOBJ -> newObject();
        case BUILD -> build();
        case MARK,
            STOP,
            NONE,
            LIST,
            TUPLE,
            APPEND,
            GET,
            PUT,
            BINFLOAT,
            BINUNICODE,
            EMPTY_LIST,
            BINGET,
            LONG_BINGET,
            BINPUT,
            LONG_BINPUT,
            PROTO,
            TUPLE1,
            TUPLE2,
            TUPLE3,
            NEWTRUE,
            NEWFALSE,
            SHORT_BINUNICODE,
            MEMOIZE,
            FRAME -> {
          return super.dispatch(key);
        }
        case POP,
            POP_MARK,
            DUP,
            PERSID,
            BINPERSID,
            INST,
            OBJ,
            EXT1,
            EXT2,
            EXT4,
            LONG4,
            BINUNICODE8,
            BINBYTES8,
            FROZENSET,
            NEWOBJ_EX,
            NEXT_BUFFER,
            READONLY_BUFFER ->
            throw new AssertionError(opcode);
      }
    } catch (IllegalArgumentException wrong) {
      throw refuse(
          Reason.MALFORMED, "%s: %s; the file is damaged".formatted(opcode, wrong.getMessage()));
    }
    return NO_RETURN_VALUE;
  }

  /** A little-endian number: signed where it is 4 bytes wide. */
  private int little(int width) {
    int number = 0;
    for (int i = 0; i < width; i++) {
      number |= bytes.read() << 8 * i;
    }
    return number;
  }

  private String latin1(int length) {
    return new String(file, bytes.skip(length), length, StandardCharsets.ISO_8859_1);
  }

  private FileSlice slice(int length) {
    return new FileSlice(file, bytes.skip(length), length);
  }

  private void dictionary() {
    List<Object> pairs = stack.pop_all_since_marker();
    Map<Object, Object> dictionary = new LinkedHashMap<>();
    putAll(dictionary, pairs);
    stack.add(dictionary);
  }

  private void appends() {
    // The library trims the list to its size each time, which is quadratic for many small batches.
    List<Object> items = stack.pop_all_since_marker();
    list(stack.peek()).addAll(items);
  }

  private void addItems() {
    List<Object> items = stack.pop_all_since_marker();
    Set<Object> set = set(stack.peek());
    for (Object item : items) {
      if (item != null && !(item instanceof String)) {
        throw new IllegalArgumentException("a set is made of texts and None");
      }
      set.add(item);
    }
  }

  @SuppressWarnings("unchecked")
  private static Set<Object> set(Object target) {
    return (LinkedHashSet<Object>) target;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object target) {
    return (ArrayList<Object>) target;
  }

  private void setItem() {
    Object value = stack.pop();
    Object key = stack.pop();
    setAll(stack.peek(), Arrays.asList(key, value));
  }

  private void setItems() {
    List<Object> pairs = stack.pop_all_since_marker();
    setAll(stack.peek(), pairs);
  }

  @SuppressWarnings("unchecked")
  private void setAll(Object target, List<Object> pairs) {
    switch (target) {
      case Map<?, ?> map -> putAll((Map<Object, Object>) map, pairs);
      // Of a class that extends dict, and that nothing looks at.
      case PickleObject object when isUnread(object) -> putAll(object.items(), pairs);
      case PickleObject _ ->
          throw refuse(Reason.STATE_INVALID, "items are set in an instance that is no dictionary");
      default -> throw new IllegalArgumentException("items are set in what takes none");
    }
  }

  private void putAll(Map<Object, Object> map, List<Object> pairs) {
    for (int i = 0; i < pairs.size(); i += 2) {
      DictionaryKey.check(map, pairs.get(i), offset);
      map.put(pairs.get(i), pairs.get(i + 1));
    }
  }

  private void global() {
    int module = bytes.position();
    int moduleEnd = bytes.skipLine();
    int name = bytes.position();
    int nameEnd = bytes.skipLine();
    pushGlobal(
        new String(file, module, moduleEnd - module, StandardCharsets.UTF_8),
        new String(file, name, nameEnd - name, StandardCharsets.UTF_8));
  }

  private void stackGlobal() {
    if (stack.pop() instanceof String name && stack.pop() instanceof String module) {
      pushGlobal(module, name);
      return;
    }
    throw new IllegalArgumentException("a global is not named by texts");
  }

  /** A global is its name and nothing else, wherever it goes. */
  private void pushGlobal(String module, String name) {
    AllowedGlobal rule = allowed.require(new GlobalName(module, name), offset);
    stack.add(rule instanceof AllowedGlobal.Inert ? new InertName(rule.global()) : rule.global());
  }

  private void reduce() {
    Object[] arguments = (Object[]) stack.pop();
    AllowedGlobal callee = callee(stack.pop());
    AllowedGlobals.checkReduce(callee, arguments.length, offset);
    switch (callee) {
      case AllowedGlobal.Function function -> stack.add(call(function, arguments));
      case AllowedGlobal.Forgotten function -> stack.add(forget(function, arguments));
      case AllowedGlobal.Naming naming -> pushGlobal(naming.module(), (String) arguments[0]);
      case AllowedGlobal.Type _,
          AllowedGlobal.Opaque _,
          AllowedGlobal.Inert _,
          AllowedGlobal.NamedTuple _,
          AllowedGlobal.Value _,
          AllowedGlobal.ArrayWrapper _ ->
          stack.add(new PickleObject(callee.global(), offset));
    }
  }

  /** None, if the arguments are those that it takes. */
  private Object forget(AllowedGlobal.Forgotten function, Object[] arguments) {
    if (!function.check().accepts(arguments)) {
      throw refuse(
          Reason.CALL_NOT_ALLOWED,
          "the file calls %s with arguments that no model gives it; it was not executed"
              .formatted(function.global().printable()));
    }
    return null;
  }

  private Object call(AllowedGlobal.Function function, Object[] arguments) {
    Object result;
    try {
      result = function.call().apply(arguments);
    } catch (IllegalArgumentException wrong) {
      throw refuse(
          Reason.CALL_NOT_ALLOWED,
          "%s: %s".formatted(function.global().printable(), wrong.getMessage()));
    }
    return result instanceof ProtocolGlobals.NewInstance instance
        ? instance(callee(instance.type()), instance.arguments())
        : result;
  }

  private void newObject() {
    Object[] arguments = (Object[]) stack.pop();
    stack.add(instance(callee(stack.pop()), arguments));
  }

  private PickleObject instance(AllowedGlobal type, Object[] arguments) {
    AllowedGlobals.checkNewObject(type, arguments.length, offset);
    PickleObject object = new PickleObject(type.global(), offset);
    if (type instanceof AllowedGlobal.NamedTuple) {
      object.build(arguments);
    }
    return object;
  }

  private AllowedGlobal callee(Object callee) {
    if (callee instanceof GlobalName name) {
      return allowed.require(name, offset);
    }
    if (callee instanceof InertName inert) {
      return allowed.require(inert.name(), offset);
    }
    throw refuse(Reason.CALL_NOT_ALLOWED, "the file calls what is no global");
  }

  private void build() {
    Object state = stack.pop();
    if (!(stack.peek() instanceof Buildable target)) {
      throw refuse(Reason.STATE_INVALID, "a state is given to an object that takes none");
    }
    if (!isUnread(target)) {
      requirePlainNames(state);
    }
    try {
      target.build(state);
    } catch (IllegalArgumentException wrong) {
      throw refuse(Reason.STATE_INVALID, wrong.getMessage());
    }
    if (target instanceof PickleObject object
        && callee(object.type()) instanceof AllowedGlobal.ArrayWrapper wrapper) {
      array(wrapper, object.state());
    }
  }

  private boolean isUnread(Buildable target) {
    return target instanceof PickleObject object
        && switch (callee(object.type())) {
          case AllowedGlobal.Opaque _, AllowedGlobal.Inert _ -> true;
          case AllowedGlobal.Type _,
              AllowedGlobal.Function _,
              AllowedGlobal.NamedTuple _,
              AllowedGlobal.Forgotten _,
              AllowedGlobal.Naming _,
              AllowedGlobal.Value _,
              AllowedGlobal.ArrayWrapper _ ->
              false;
        };
  }

  /** A state gives an instance its attributes, and never what Python itself keeps in them. */
  private void requirePlainNames(Object state) {
    if (!(state instanceof Map<?, ?> attributes)) {
      return;
    }
    for (Object key : attributes.keySet()) {
      if (key instanceof String name && name.startsWith("__") && name.endsWith("__")) {
        throw refuse(
            Reason.STATE_INVALID, "a state has an attribute of Python's own, such as __class__");
      }
    }
  }

  /** Puts an array in the place of its wrapper. */
  private void array(AllowedGlobal.ArrayWrapper wrapper, Object state) {
    if (!(state instanceof Map<?, ?> attributes)
        || !rawArrays.hasNext()
        || !(rawArrays.next() instanceof RawArrays.Items items)
        || items.build() != offset) {
      throw refuse(Reason.STATE_INVALID, "an array of joblib is made as joblib does not");
    }
    Object content;
    if (items.pickled()) {
      content = new FencedUnpickler(file, items.from(), allowed, List.of()).load();
    } else {
      content = new FileSlice(file, items.from(), items.to() - items.from());
    }
    bytes.skip(items.to() - bytes.position());
    stack.pop();
    try {
      stack.add(wrapper.fill().apply(attributes, content));
    } catch (IllegalArgumentException wrong) {
      throw refuse(Reason.STATE_INVALID, wrong.getMessage());
    }
  }

  private ModelRefusedException refuse(Reason reason, String sentence) {
    return new ModelRefusedException(reason, offset, sentence);
  }
}
