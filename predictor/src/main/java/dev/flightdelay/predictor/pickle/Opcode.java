package dev.flightdelay.predictor.pickle;

/** The opcodes of the pickle protocols 0 to 5, as Python's pickletools lists them. */
enum Opcode {
  MARK('(', 0),
  STOP('.', 0),
  NONE('N', 0),
  INT('I', 0, Argument.LINE),
  LONG('L', 0, Argument.LINE),
  FLOAT('F', 0, Argument.LINE),
  STRING('S', 0, Argument.LINE),
  UNICODE('V', 0, Argument.LINE),
  LIST('l', 0),
  DICT('d', 0),
  TUPLE('t', 0),
  APPEND('a', 0),
  SETITEM('s', 0),
  GET('g', 0, Argument.LINE),
  PUT('p', 0, Argument.LINE),
  GLOBAL('c', 0, Argument.TWO_LINES),
  REDUCE('R', 0),
  BUILD('b', 0),
  BININT('J', 1, Argument.FOUR),
  BININT1('K', 1, Argument.ONE),
  BININT2('M', 1, Argument.TWO),
  BINFLOAT('G', 1, Argument.EIGHT),
  BINSTRING('T', 1, Argument.COUNTED_FOUR),
  SHORT_BINSTRING('U', 1, Argument.COUNTED_ONE),
  BINUNICODE('X', 1, Argument.COUNTED_FOUR),
  EMPTY_LIST(']', 1),
  EMPTY_DICT('}', 1),
  EMPTY_TUPLE(')', 1),
  APPENDS('e', 1),
  SETITEMS('u', 1),
  BINGET('h', 1, Argument.ONE),
  LONG_BINGET('j', 1, Argument.FOUR),
  BINPUT('q', 1, Argument.ONE),
  LONG_BINPUT('r', 1, Argument.FOUR),
  PROTO(0x80, 2, Argument.ONE),
  NEWOBJ(0x81, 2),
  TUPLE1(0x85, 2),
  TUPLE2(0x86, 2),
  TUPLE3(0x87, 2),
  NEWTRUE(0x88, 2),
  NEWFALSE(0x89, 2),
  LONG1(0x8a, 2, Argument.COUNTED_ONE),
  BINBYTES('B', 3, Argument.COUNTED_FOUR),
  SHORT_BINBYTES('C', 3, Argument.COUNTED_ONE),
  SHORT_BINUNICODE(0x8c, 4, Argument.COUNTED_ONE),
  STACK_GLOBAL(0x93, 4),
  MEMOIZE(0x94, 4),
  EMPTY_SET(0x8f, 4),
  ADDITEMS(0x90, 4),
  FRAME(0x95, 4, Argument.EIGHT),
  BYTEARRAY8(0x96, 5, Argument.COUNTED_EIGHT),

  POP('0', "takes values away, which only recursive tuples need"),
  POP_MARK('1', "takes values away, which only recursive tuples need"),
  DUP('2', "doubles a value, which no pickler writes"),
  PERSID('P', "refers to something outside the file"),
  BINPERSID('Q', "refers to something outside the file"),
  INST('i', "calls a class as only Python 2 did"),
  OBJ('o', "calls a class as only Python 2 did"),
  EXT1(0x82, "refers to the extension registry of a Python process"),
  EXT2(0x83, "refers to the extension registry of a Python process"),
  EXT4(0x84, "refers to the extension registry of a Python process"),
  LONG4(0x8b, "holds an integer of more than 255 bytes"),
  BINUNICODE8(0x8d, "holds a text of more than 4 GiB"),
  BINBYTES8(0x8e, "holds bytes of more than 4 GiB"),
  FROZENSET(0x91, "makes a frozen set, which no supported estimator has"),
  NEWOBJ_EX(0x92, "makes an instance by keyword arguments, which no supported estimator has"),
  NEXT_BUFFER(0x97, "refers to a buffer outside the file"),
  READONLY_BUFFER(0x98, "refers to a buffer outside the file");

  /** What follows the opcode. */
  enum Argument {
    NONE(0),
    ONE(1),
    TWO(2),
    FOUR(4),
    EIGHT(8),
    LINE(0),
    TWO_LINES(0),
    COUNTED_ONE(1),
    COUNTED_FOUR(4),
    COUNTED_EIGHT(8);

    /** The bytes of the number itself, or of the length in front of what it counts. */
    final int width;

    Argument(int width) {
      this.width = width;
    }
  }

  private static final Opcode[] BY_CODE = new Opcode[256];

  static {
    for (Opcode opcode : values()) {
      BY_CODE[opcode.code] = opcode;
    }
  }

  private final int code;
  private final int protocol;
  private final Argument argument;
  private final String refusal;

  Opcode(int code, int protocol) {
    this(code, protocol, Argument.NONE);
  }

  Opcode(int code, int protocol, Argument argument) {
    this.code = code;
    this.protocol = protocol;
    this.argument = argument;
    this.refusal = null;
  }

  /** An opcode that no model file needs. */
  Opcode(int code, String refusal) {
    this.code = code;
    this.protocol = 0;
    this.argument = Argument.NONE;
    this.refusal = refusal;
  }

  /** The opcode of an unsigned byte; null if there is none. */
  static Opcode of(int code) {
    return BY_CODE[code];
  }

  int code() {
    return code;
  }

  /** The first protocol that has it. */
  int protocol() {
    return protocol;
  }

  Argument argument() {
    return argument;
  }

  boolean isAllowed() {
    return refusal == null;
  }

  /** What it does that no model file needs; null for an allowed opcode. */
  String refusal() {
    return refusal;
  }
}
