package dev.flightdelay.predictor.pickle;

import java.util.Map;
import java.util.Set;

/**
 * A global that a pickle may name, and the only thing that may be done with it. Nothing of the
 * global itself is ever loaded or called: what happens is the Java code given here.
 */
public sealed interface AllowedGlobal {

  GlobalName global();

  /** Why a model file needs it: one short sentence. */
  String why();

  /**
   * A function: REDUCE with arguments gives what {@code call} makes of them.
   *
   * @param copies whether what it makes may hold a copy of bytes that it is given, and not only
   *     refer to them
   */
  record Function(GlobalName global, Call call, boolean copies, String why)
      implements AllowedGlobal {

    /** A function that may copy what it is given. */
    public Function(GlobalName global, Call call, String why) {
      this(global, call, true, why);
    }
  }

  /**
   * A class whose instances are read: made without arguments (NEWOBJ, REDUCE, or {@code
   * copyreg._reconstructor} with {@code object} and None), then given its state once by BUILD. It
   * becomes a {@link PickleObject}.
   *
   * @param unread the attributes that nothing looks at, whatever they hold: see {@link Inert}
   */
  record Type(GlobalName global, Set<String> unread, String why) implements AllowedGlobal {

    public Type {
      unread = Set.copyOf(unread);
    }

    /** A class all of whose attributes may be looked at. */
    public Type(GlobalName global, String why) {
      this(global, Set.of(), why);
    }
  }

  /**
   * A name that no rule knows, such as a metric of one's own: only ever beneath an attribute that
   * nothing looks at, and refused wherever else it is. It is never called; an instance that NEWOBJ
   * makes of it is carried along as {@link Opaque}'s are, in such a place alone.
   *
   * @param offset where in the file it is named
   * @param callable whether REDUCE may make such an instance, too
   */
  record Inert(GlobalName global, long offset, boolean callable) implements AllowedGlobal {

    @Override
    public String why() {
      return "a name that nothing looks at";
    }
  }

  /**
   * A class whose instances are carried along and never looked at: made with any arguments (NEWOBJ
   * or REDUCE), then given any state at most once. It becomes a {@link PickleObject}.
   */
  record Opaque(GlobalName global, String why) implements AllowedGlobal {}

  /**
   * A named tuple: made with exactly so many arguments (NEWOBJ) and never given a state. It becomes
   * a {@link PickleObject} whose state is the tuple of them.
   */
  record NamedTuple(GlobalName global, int items, String why) implements AllowedGlobal {}

  /**
   * A function that is never called: REDUCE with one text gives the global of that name in a
   * module, by that global's own rule.
   */
  record Naming(GlobalName global, String module, String why) implements AllowedGlobal {}

  /**
   * A function that is never called: REDUCE with arguments that {@code check} takes gives None. Its
   * arguments are not kept, so that they may hold what holds the result.
   */
  record Forgotten(GlobalName global, Check check, String why) implements AllowedGlobal {}

  /** Only ever an argument or a value: calling it, or building it, is refused. */
  record Value(GlobalName global, String why) implements AllowedGlobal {}

  /**
   * A class whose instances stand for an array: made without arguments (NEWOBJ), then given a state
   * once by BUILD, behind which the array's items follow outside of the opcodes. What {@code fill}
   * makes of both takes the place of the instance.
   */
  record ArrayWrapper(GlobalName global, Fill fill, String why) implements AllowedGlobal {}

  /** Makes an array. */
  @FunctionalInterface
  interface Fill {
    /**
     * @param state the state of the wrapper, by name
     * @param items the items, a {@link FileSlice}; for objects, what the pickle of them holds
     * @throws IllegalArgumentException if these do not fit together; the reader adds where
     */
    Object apply(Map<?, ?> state, Object items);
  }

  /** Whether arguments are those that a function is given in a model's file. */
  @FunctionalInterface
  interface Check {
    /**
     * @param arguments as {@link Call#apply}
     */
    boolean accepts(Object[] arguments);
  }

  /** What a function does with its arguments. */
  @FunctionalInterface
  interface Call {
    /**
     * @param arguments the tuple's items: null, Boolean, Long (every integer that fits), BigInteger
     *     (one that does not), Double, String, {@link FileSlice} (bytes and bytearray; byte[] where
     *     a protocol before 3 writes them as a text), Object[] (tuple), List, Map (in the file's
     *     order), Set (of texts and null), {@link GlobalName} (an allowed global as a value),
     *     {@link PickleObject}, or what another call made. A value may be shared: none of them is
     *     ever changed
     * @throws IllegalArgumentException if these are not what the function takes; the reader adds
     *     where
     */
    Object apply(Object[] arguments);
  }
}
