package dev.flightdelay.predictor.pickle;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.pickle.Symbol.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One pass over a pickle that executes nothing and makes no objects: a pickle machine whose stack
 * and memo hold kinds of values in place of values. What passes has only allowed opcodes and
 * globals, only lengths that the file has, operands of the right kinds, and asks for work in
 * proportion to its size; so that the library behind it meets nothing else.
 */
final class PickleVerifier {

  /** Decides which globals may be named: gives the rule, or refuses. */
  @FunctionalInterface
  interface Lookup {
    AllowedGlobal require(GlobalName name, long offset);
  }

  private static final int HIGHEST_PROTOCOL = 5;

  /** About what Java needs for an empty text; a number needs less. */
  private static final long VALUE_BYTES = 56;

  /** About what Java needs for a memo entry, and for a place on the stack while that grows. */
  private static final long MEMO_BYTES = 64;

  private static final long STACK_BYTES = 16;

  private static final int SMALLEST_MEMO = 64;

  private final byte[] file;
  private final int start;
  private final Lookup lookup;
  private final PickleBudget budget;
  private final OpcodeReader opcodes;
  private final SymbolStack stack = new SymbolStack();
  private final ObjectGraph graph;
  private final List<AllowedGlobal> globals = new ArrayList<>();
  private final Set<GlobalName> names = new LinkedHashSet<>();
  private final RawArrays rawArrays;
  private final InertValues inerts;
  private long[] memo = new long[SMALLEST_MEMO];
  private int memoEntries;
  private int protocol;
  private long emptyTuple;
  private long valueBytes;
  private long copied;
  private long unfolded;
  private long contents;
  private long copiedByOthers;
  private long unfoldedByOthers;
  private long contentsOfOthers;
  private long memoOfOthers;
  private AllowedGlobal.Inert reachable;

  PickleVerifier(byte[] file, Lookup lookup) {
    this(file, 0, lookup);
  }

  /**
   * @param start where the pickle begins; above 0 it is one inside another, behind which the other
   *     goes on
   */
  private PickleVerifier(byte[] file, int start, Lookup lookup) {
    this.file = file;
    this.start = start;
    this.lookup = lookup;
    this.budget = PickleBudget.forFile(file.length);
    this.opcodes = new OpcodeReader(file, start);
    this.graph = new ObjectGraph(budget);
    this.rawArrays = new RawArrays(file);
    this.inerts = new InertValues(graph);
  }

  /**
   * Reads the file to its end.
   *
   * @throws ModelRefusedException if anything in it is not as described above
   */
  void verify() {
    if (file.length > Symbol.MAX_FILE_BYTES) {
      throw new ModelRefusedException(
          Reason.BUDGET_EXCEEDED, "the file is larger than 1 GiB, and no larger pickle is read");
    }
    emptyTuple = graph.make(Kind.TUPLE, start);
    graph.note(emptyTuple, 1);
    for (long executed = 1; ; executed++) {
      Opcode opcode = opcodes.next();
      if (executed > budget.opcodes()) {
        throw refuse(
            Reason.BUDGET_EXCEEDED,
            "the file has more than %d opcodes; no model of its size does"
                .formatted(budget.opcodes()));
      }
      protocol = Math.max(protocol, opcode.protocol());
      try {
        if (opcode == Opcode.STOP) {
          stop();
          return;
        }
        execute(opcode);
      } catch (IllegalArgumentException wrong) {
        throw refuse(
            Reason.MALFORMED, "%s: %s; the file is damaged".formatted(opcode, wrong.getMessage()));
      }
    }
  }

  /** The highest protocol that the file declares or uses, as far as it was read. */
  int protocol() {
    return protocol;
  }

  /** Every global that the file names, each once, as far as it was read: sorted. */
  List<GlobalName> names() {
    return names.stream().sorted().toList();
  }

  /** The items of arrays that lie outside the opcodes, in the order of the file. */
  List<RawArrays.Items> rawArrays() {
    return rawArrays.found();
  }

  /** About how much heap the objects of a verified file need, beside the file itself. */
  long heapBytes() {
    return valueBytes
        + graph.heapBytes()
        + memoEntries * MEMO_BYTES
        + stack.largestSize() * STACK_BYTES;
  }

  private void execute(Opcode opcode) {
    switch (opcode) {
      case PROTO -> proto();
      case FRAME -> {}
      case MARK -> stack.mark();
      case NONE -> stack.push(Symbol.of(Kind.NONE));
      case NEWTRUE, NEWFALSE -> stack.push(Symbol.of(Kind.BOOLEAN));
      case BININT1, BININT2 -> pushValue(Symbol.ofInteger(opcodes.number()));
      case BININT -> pushValue(Symbol.ofInteger((int) opcodes.number()));
      case LONG1 -> pushValue(Symbol.of(Kind.INTEGER));
      case BINFLOAT -> pushValue(Symbol.of(Kind.FLOAT));
      case INT -> {
        Object number = Text.integerOrBoolean(file, opcodes.from(), opcodes.to());
        stack.push(Symbol.of(number instanceof Boolean ? Kind.BOOLEAN : Kind.INTEGER));
      }
      case LONG -> {
        Text.longInteger(file, opcodes.from(), opcodes.to());
        pushValue(Symbol.of(Kind.INTEGER));
      }
      case FLOAT -> {
        Text.floating(file, opcodes.from(), opcodes.to());
        pushValue(Symbol.of(Kind.FLOAT));
      }
      case BINUNICODE, SHORT_BINUNICODE -> {
        Text.checkUtf8(file, opcodes.from(), opcodes.to());
        pushSlice(Kind.TEXT);
      }
      case UNICODE -> {
        Text.rawUnicodeEscape(file, opcodes.from(), opcodes.to(), null);
        pushSlice(Kind.OLD_TEXT);
      }
      case STRING -> {
        Text.quoted(file, opcodes.from(), opcodes.to(), null);
        pushSlice(Kind.OLD_TEXT);
      }
      case BINSTRING, SHORT_BINSTRING -> pushSlice(Kind.OLD_TEXT);
      case BINBYTES, SHORT_BINBYTES, BYTEARRAY8 -> pushSlice(Kind.BYTES);
      case EMPTY_TUPLE -> stack.push(emptyTuple);
      case EMPTY_LIST -> stack.push(graph.make(Kind.LIST, opcodes.offset()));
      case EMPTY_SET -> stack.push(graph.make(Kind.SET, opcodes.offset()));
      case EMPTY_DICT -> stack.push(graph.make(Kind.DICTIONARY, opcodes.offset()));
      case TUPLE1 -> tuple(1);
      case TUPLE2 -> tuple(2);
      case TUPLE3 -> tuple(3);
      case TUPLE -> fromMark(Kind.TUPLE);
      case LIST -> fromMark(Kind.LIST);
      case DICT -> dictionaryFromMark();
      case APPEND -> append();
      case APPENDS -> appends();
      case ADDITEMS -> addItems();
      case SETITEM -> setItem();
      case SETITEMS -> setItems();
      case GLOBAL -> global();
      case STACK_GLOBAL -> stackGlobal();
      case REDUCE -> reduce();
      case NEWOBJ -> newObject();
      case BUILD -> build();
      case BINPUT, LONG_BINPUT -> memoize(opcodes.number());
      case PUT -> memoize(Text.index(file, opcodes.from(), opcodes.to()));
      case MEMOIZE -> memoize(memoEntries);
      case BINGET, LONG_BINGET -> recall(opcodes.number());
      case GET -> recall(Text.index(file, opcodes.from(), opcodes.to()));
      case STOP,
          POP,
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
  }

  private void proto() {
    if (opcodes.offset() != start) {
      throw refuse(
          Reason.OPCODE_NOT_ALLOWED, "PROTO stands in the middle of the file, not at its start");
    }
    long declared = opcodes.number();
    if (declared > HIGHEST_PROTOCOL) {
      throw refuse(
          Reason.OPCODE_NOT_ALLOWED,
          "the file declares pickle protocol %d, and the highest there is is %d; save it with"
                  .formatted(declared, HIGHEST_PROTOCOL)
              + " pickle.dump(model, file, protocol=4)");
    }
    protocol = Math.max(protocol, (int) declared);
  }

  private void pushSlice(Kind kind) {
    pushValue(Symbol.of(kind, opcodes.from(), opcodes.to()));
  }

  private void pushValue(long symbol) {
    // Bytes stay in the file, but what a reader makes of them is about as large.
    // One letter above 255 makes Java keep two bytes for every letter of a text.
    int width = Symbol.kind(symbol) == Kind.BYTES ? 1 : 2;
    valueBytes += VALUE_BYTES + (long) width * Symbol.length(symbol);
    stack.push(symbol);
  }

  private void tuple(int size) {
    long tuple = graph.make(Kind.TUPLE, opcodes.offset());
    long count = 1;
    long item = 0;
    for (int i = 0; i < size; i++) {
      item = stack.pop();
      put(tuple, item);
      count = RawArrays.times(count, item);
    }
    graph.note(tuple, Symbol.kind(item) == Kind.TEXT ? item : count);
    stack.push(tuple);
  }

  private void fromMark(Kind kind) {
    int size = stack.aboveMark();
    long container = graph.make(kind, opcodes.offset());
    long count = 1;
    for (int i = 0; i < size; i++) {
      put(container, stack.aboveMark(i));
      count = RawArrays.times(count, stack.aboveMark(i));
    }
    boolean begunByText = size > 0 && Symbol.kind(stack.aboveMark(0)) == Kind.TEXT;
    graph.note(container, begunByText ? stack.aboveMark(0) : count);
    stack.popMark();
    stack.push(container);
  }

  private void dictionaryFromMark() {
    stack.aboveMark();
    long dictionary = graph.make(Kind.DICTIONARY, opcodes.offset());
    putPairs(dictionary);
    stack.popMark();
    stack.push(dictionary);
  }

  private void append() {
    long value = stack.pop();
    put(changed(list(stack.peek())), value);
  }

  private void appends() {
    int size = stack.aboveMark();
    long list = changed(list(stack.belowMark()));
    for (int i = 0; i < size; i++) {
      put(list, stack.aboveMark(i));
    }
    stack.popMark();
  }

  private static boolean isText(Kind kind) {
    return kind == Kind.TEXT || kind == Kind.OLD_TEXT;
  }

  private void addItems() {
    int size = stack.aboveMark();
    long set = stack.belowMark();
    if (Symbol.kind(set) != Kind.SET) {
      throw new IllegalArgumentException("items are added to " + Symbol.kind(set));
    }
    changed(set);
    boolean hasText = false;
    for (int i = 0; i < size; i++) {
      hasText |= isText(Symbol.kind(stack.aboveMark(i)));
    }
    for (int i = 0; i < size; i++) {
      requireNotInert(stack.aboveMark(i));
      Kind kind = Symbol.kind(stack.aboveMark(i));
      // LightGBM 2.2 keeps a set of None and a metric.
      if (!isText(kind) && !(kind == Kind.NONE && hasText)) {
        throw refuse(
            Reason.STATE_INVALID, "%s is in a set, where a model has texts".formatted(kind));
      }
      put(set, stack.aboveMark(i));
    }
    stack.popMark();
  }

  private static long list(long target) {
    Kind kind = Symbol.kind(target);
    if (kind != Kind.LIST) {
      throw new IllegalArgumentException("items are appended to " + kind);
    }
    return target;
  }

  private void setItem() {
    long value = stack.pop();
    long key = stack.pop();
    putPair(mapping(stack.peek()), key, value);
  }

  private void setItems() {
    stack.aboveMark();
    putPairs(mapping(stack.belowMark()));
    stack.popMark();
  }

  private long mapping(long target) {
    Kind kind = Symbol.kind(target);
    // What a function gave may be an ordered one.
    if (kind != Kind.DICTIONARY && kind != Kind.INSTANCE && kind != Kind.RESULT) {
      throw new IllegalArgumentException("items are set in " + kind);
    }
    // Of the classes that extend dict, none is looked at.
    if (kind == Kind.INSTANCE && !graph.isUnread(target)) {
      throw refuse(Reason.STATE_INVALID, "items are set in an instance that is no dictionary");
    }
    return changed(target);
  }

  /** A container that is changed now, which only one that nothing refers to may be. */
  private long changed(long container) {
    graph.requireUngiven(container, opcodes.offset());
    return container;
  }

  private void putPairs(long mapping) {
    int size = stack.aboveMark();
    if (size % 2 != 0) {
      throw new IllegalArgumentException("a key has no value");
    }
    for (int i = 0; i < size; i += 2) {
      putPair(mapping, stack.aboveMark(i), stack.aboveMark(i + 1));
    }
  }

  private void putPair(long mapping, long key, long value) {
    requireNotInert(key);
    switch (Symbol.kind(key)) {
      case NONE, BOOLEAN, INTEGER, FLOAT, TEXT, OLD_TEXT, RESULT -> {}
      case LIST, DICTIONARY, SET ->
          throw new IllegalArgumentException(Symbol.kind(key) + " is a dictionary's key");
      case UNSET, BYTES, TUPLE, GLOBAL, INSTANCE ->
          throw refuse(
              Reason.STATE_INVALID,
              "%s is a dictionary's key, where a model has a name or a number"
                  .formatted(Symbol.kind(key)));
    }
    put(mapping, key);
    AllowedGlobal.Inert inert = inertIn(value);
    if (inert != null && Symbol.kind(mapping) == Kind.DICTIONARY && Symbol.kind(key) == Kind.TEXT) {
      graph.put(mapping, value, opcodes.offset());
      inerts.put(mapping, text(key), value, inert);
    } else {
      put(mapping, value);
    }
    rawArrays.put(graph, mapping, key, value);
  }

  private void global() {
    Text.checkUtf8(file, opcodes.from(), opcodes.to());
    Text.checkUtf8(file, opcodes.secondFrom(), opcodes.secondTo());
    pushGlobal(
        new GlobalName(
            text(opcodes.from(), opcodes.to()), text(opcodes.secondFrom(), opcodes.secondTo())));
  }

  private void stackGlobal() {
    long name = stack.pop();
    long module = stack.pop();
    if (Symbol.kind(name) != Kind.TEXT || Symbol.kind(module) != Kind.TEXT) {
      throw new IllegalArgumentException(
          "a global is named by %s and %s".formatted(Symbol.kind(module), Symbol.kind(name)));
    }
    pushGlobal(new GlobalName(text(module), text(name)));
  }

  /** A text, or as much of it as is longer than any name in the table. */
  private String text(long symbol) {
    int from = Symbol.number(symbol);
    return text(from, from + Math.min(Symbol.length(symbol), OpcodeReader.MAX_NAME_LENGTH));
  }

  private String text(int from, int to) {
    return new String(file, from, to - from, StandardCharsets.UTF_8);
  }

  private void pushGlobal(GlobalName name) {
    names.add(name);
    AllowedGlobal rule = lookup.require(name, opcodes.offset());
    if (rule instanceof AllowedGlobal.Inert) {
      inerts.named(opcodes.offset());
    }
    globals.add(rule);
    stack.push(Symbol.of(Kind.GLOBAL, globals.size() - 1));
  }

  private void reduce() {
    long arguments = arguments(stack.pop());
    long called = stack.pop();
    AllowedGlobal callee = callee(called);
    AllowedGlobals.checkReduce(callee, graph.items(arguments), opcodes.offset());
    if (inerts.isOrHas(arguments) && !isUnread(callee)) {
      throw refuse(inerts.heldBy(arguments));
    }
    if (callee instanceof AllowedGlobal.Naming naming) {
      long name = graph.note(arguments);
      if (graph.items(arguments) != 1 || Symbol.kind(name) != Kind.TEXT) {
        throw refuse(
            Reason.CALL_NOT_ALLOWED,
            "%s takes a type's name".formatted(naming.global().printable()));
      }
      pushGlobal(new GlobalName(naming.module(), text(name)));
      return;
    }
    if (callee instanceof AllowedGlobal.Forgotten) {
      stack.push(Symbol.of(Kind.NONE));
      return;
    }
    if (callee instanceof AllowedGlobal.Function function) {
      pushMade(Kind.RESULT, arguments, !function.copies());
    } else {
      pushInstance(callee, called, arguments);
    }
    graph.note(stack.peek(), rawArrays.resultOf(callee.global(), graph.note(arguments)));
  }

  private void newObject() {
    long arguments = arguments(stack.pop());
    long called = stack.pop();
    AllowedGlobal type = callee(called);
    AllowedGlobals.checkNewObject(type, graph.items(arguments), opcodes.offset());
    pushInstance(type, called, arguments);
    if (type instanceof AllowedGlobal.ArrayWrapper) {
      graph.note(stack.peek(), RawArrays.WRAPPER);
    }
    if (type instanceof AllowedGlobal.NamedTuple) {
      graph.build(stack.peek());
    }
  }

  private void pushInstance(AllowedGlobal type, long called, long arguments) {
    pushMade(Kind.INSTANCE, arguments, false);
    graph.type(stack.peek(), Symbol.number(called));
    if (isUnread(type)) {
      graph.leaveUnread(stack.peek());
    }
    if (type instanceof AllowedGlobal.Inert inert) {
      inerts.is(stack.peek(), inert);
    }
  }

  /** Whether nothing looks at what such a global makes. */
  private static boolean isUnread(AllowedGlobal type) {
    return type instanceof AllowedGlobal.Opaque || type instanceof AllowedGlobal.Inert;
  }

  private static long arguments(long symbol) {
    Kind kind = Symbol.kind(symbol);
    if (kind != Kind.TUPLE) {
      throw new IllegalArgumentException("the arguments of a call are " + kind);
    }
    return symbol;
  }

  private AllowedGlobal callee(long symbol) {
    Kind kind = Symbol.kind(symbol);
    if (kind == Kind.GLOBAL) {
      return globals.get(Symbol.number(symbol));
    }
    if (kind == Kind.RESULT || kind == Kind.INSTANCE) {
      throw refuse(
          Reason.CALL_NOT_ALLOWED,
          "the file calls %s, which no model needs; it was not executed".formatted(kind));
    }
    throw new IllegalArgumentException(kind + " is called");
  }

  private void pushMade(Kind kind, long arguments, boolean kept) {
    long made = graph.make(kind, opcodes.offset());
    if (kept) {
      graph.keep(made, arguments, opcodes.offset());
    } else {
      put(made, arguments);
    }
    stack.push(made);
  }

  private void build() {
    long state = stack.pop();
    long target = stack.peek();
    switch (Symbol.kind(target)) {
      case INSTANCE, RESULT -> {
        changed(target);
        if (!graph.build(target)) {
          throw refuse(Reason.STATE_INVALID, "an object is given its state twice");
        }
        keepState(target, state);
        if (graph.note(target) == RawArrays.WRAPPER) {
          array(target, state);
        }
      }
      case GLOBAL -> {
        requireNotInert(target);
        throw refuse(
            Reason.CALL_NOT_ALLOWED,
            "the file changes the global %s itself, which no model needs; it was not executed"
                .formatted(globals.get(Symbol.number(target)).global().printable()));
      }
      case UNSET,
          NONE,
          BOOLEAN,
          INTEGER,
          FLOAT,
          TEXT,
          OLD_TEXT,
          BYTES,
          TUPLE,
          LIST,
          DICTIONARY,
          SET ->
          throw new IllegalArgumentException(Symbol.kind(target) + " is given a state");
    }
  }

  /** Gives an object its state, and notes what of it nothing looks at. */
  private void keepState(long target, long state) {
    graph.keep(target, state, opcodes.offset());
    AllowedGlobal.Inert inert = inertIn(state);
    if (inert == null) {
      return;
    }
    noteInert(target, state);
    if (Symbol.kind(target) == Kind.INSTANCE
        && Symbol.kind(state) == Kind.DICTIONARY
        && globals.get(graph.type(target)) instanceof AllowedGlobal.Type type) {
      inerts.build(target, state, type.unread());
    }
  }

  /** Passes over an array's items, and puts the array in the place of its wrapper. */
  private void array(long wrapper, long state) {
    int build = opcodes.offset();
    long array = graph.make(Kind.RESULT, build);
    graph.build(array);
    int from = opcodes.position();
    if (rawArrays.arePickled(state, build)) {
      PickleVerifier inner = verifyInner(from);
      int to = inner.opcodes.position();
      graph.addWeight(array, inner.unfolded, inner.contents);
      if (inner.reachable != null) {
        inerts.is(array, inner.reachable);
      }
      rawArrays.addPickled(build, from, to);
      opcodes.skipTo(to);
    } else {
      int to = rawArrays.find(state, build, from);
      opcodes.skipTo(to);
      long items = Symbol.of(Kind.BYTES, from, to);
      valueBytes += VALUE_BYTES + Symbol.length(items);
      graph.keep(array, items, build);
    }
    put(array, wrapper);
    stack.pop();
    stack.push(array);
  }

  /** A pickle inside this one: by the same rules, and by budgets that all of them share. */
  private PickleVerifier verifyInner(int from) {
    if (start != 0) {
      throw refuse(Reason.STATE_INVALID, "an array of objects holds an array of objects");
    }
    PickleVerifier inner = new PickleVerifier(file, from, lookup);
    try {
      inner.verify();
    } finally {
      names.addAll(inner.names);
    }
    valueBytes += inner.heapBytes();
    copiedByOthers += inner.copied;
    unfoldedByOthers += inner.unfolded;
    contentsOfOthers += inner.contents;
    memoOfOthers += inner.memo.length - SMALLEST_MEMO;
    if (copiedByOthers > budget.copied()
        || unfoldedByOthers > budget.unfolded()
        || contentsOfOthers > budget.contents()
        || memoOfOthers > 2L * budget.memoEntries()) {
      throw refuse(
          Reason.BUDGET_EXCEEDED,
          "the pickles inside the file ask for more memory than those of a model of its size do");
    }
    return inner;
  }

  private void put(long container, long value) {
    requireNotForgotten(value);
    graph.put(container, value, opcodes.offset());
    noteInert(container, value);
  }

  /** A function that is only forgotten is no value. */
  private void requireNotForgotten(long value) {
    if (Symbol.kind(value) == Kind.GLOBAL
        && globals.get(Symbol.number(value)) instanceof AllowedGlobal.Forgotten function) {
      throw refuse(
          Reason.CALL_NOT_ALLOWED,
          "the file uses the global %s in a way that no model needs; it was not executed"
              .formatted(function.global().printable()));
    }
  }

  /** The value that no rule knows, if that is one or a container of one; else null. */
  private AllowedGlobal.Inert inertIn(long value) {
    if (Symbol.kind(value).isContainer()) {
      return inerts.heldBy(value);
    }
    return Symbol.kind(value) == Kind.GLOBAL
            && globals.get(Symbol.number(value)) instanceof AllowedGlobal.Inert inert
        ? inert
        : null;
  }

  private void noteInert(long container, long value) {
    AllowedGlobal.Inert inert = inertIn(value);
    if (inert == null) {
      return;
    }
    // Of an instance that nothing looks at: what refers to it was noted without this.
    if (graph.isGiven(container)) {
      throw refuse(inert);
    }
    inerts.put(container, inert, Symbol.kind(value).isContainer());
  }

  private void requireNotInert(long value) {
    if (Symbol.kind(value) == Kind.GLOBAL && inertIn(value) instanceof AllowedGlobal.Inert inert) {
      throw refuse(inert);
    }
  }

  private static ModelRefusedException refuse(AllowedGlobal.Inert inert) {
    return AllowedGlobals.refusal(inert.global(), inert.offset());
  }

  private void memoize(long index) {
    long value = stack.peek();
    if (index >= budget.memoEntries()) {
      throw refuse(
          Reason.BUDGET_EXCEEDED,
          "the file has more than %d memo entries; no model of its size does"
              .formatted(budget.memoEntries()));
    }
    int entry = (int) index;
    if (entry >= memo.length) {
      memo = Arrays.copyOf(memo, Math.max(2 * memo.length, entry + 1));
    }
    if (memo[entry] == 0) {
      memoEntries++;
    }
    memo[entry] = value;
  }

  private void recall(long index) {
    if (index >= memo.length || memo[(int) index] == 0) {
      throw new IllegalArgumentException("the memo has no entry " + index);
    }
    stack.push(memo[(int) index]);
  }

  private void stop() {
    if (stack.markCount() != 0 || stack.size() != 1) {
      throw new IllegalArgumentException(
          "the pickle ends with %d values and %d marks on its stack, not with one value"
              .formatted(stack.size(), stack.markCount()));
    }
    requireNotInert(stack.peek());
    if (start == 0 && opcodes.remaining() != 0) {
      throw new ModelRefusedException(
          Reason.TRAILING_DATA,
          opcodes.position(),
          "%d bytes follow the end of the pickle; save one model into a file of its own"
              .formatted(opcodes.remaining()));
    }
    GraphWalk walk = new GraphWalk(graph, budget);
    walk.check();
    reachable = inerts.reachable(stack.peek()).orElse(null);
    if (start == 0 && reachable != null) {
      throw refuse(reachable);
    }
    copied = walk.copied();
    unfolded = walk.unfolded();
    contents = walk.contents();
    valueBytes += copied;
  }

  private ModelRefusedException refuse(Reason reason, String sentence) {
    return opcodes.refuse(reason, sentence);
  }
}
