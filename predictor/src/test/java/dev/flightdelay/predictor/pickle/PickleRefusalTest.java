package dev.flightdelay.predictor.pickle;

import static dev.flightdelay.predictor.model.ModelRefusedException.Reason.BUDGET_EXCEEDED;
import static dev.flightdelay.predictor.model.ModelRefusedException.Reason.CALL_NOT_ALLOWED;
import static dev.flightdelay.predictor.model.ModelRefusedException.Reason.CONTAINER_REJECTED;
import static dev.flightdelay.predictor.model.ModelRefusedException.Reason.GLOBAL_NOT_ALLOWED;
import static dev.flightdelay.predictor.model.ModelRefusedException.Reason.LENGTH_EXCEEDED;
import static dev.flightdelay.predictor.model.ModelRefusedException.Reason.MALFORMED;
import static dev.flightdelay.predictor.model.ModelRefusedException.Reason.OPCODE_NOT_ALLOWED;
import static dev.flightdelay.predictor.model.ModelRefusedException.Reason.STATE_INVALID;
import static dev.flightdelay.predictor.model.ModelRefusedException.Reason.TRAILING_DATA;
import static dev.flightdelay.predictor.model.ModelRefusedException.Reason.UNSUPPORTED;
import static dev.flightdelay.predictor.pickle.Assembler.bytes;
import static dev.flightdelay.predictor.pickle.Assembler.global;
import static dev.flightdelay.predictor.pickle.Assembler.little;
import static dev.flightdelay.predictor.pickle.Assembler.pickle;
import static dev.flightdelay.predictor.pickle.Assembler.repeat;
import static dev.flightdelay.predictor.pickle.Assembler.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Hostile and broken pickles, written by hand, and the reason for which each is refused. */
@Tag("small-heap")
class PickleRefusalTest {

  private static final AllowedGlobals ALLOWED =
      StubGlobals.allowing(
          List.of(
              "numpy.dtype",
              "numpy.ndarray",
              "numpy._core.multiarray._reconstruct",
              "numpy._core.multiarray.scalar",
              "sklearn.tree._tree.Tree",
              "sklearn.linear_model._logistic.LogisticRegression"));

  private static final AllowedGlobals ALLOWED_WITH_TYPE =
      new AllowedGlobals(
          List.of(
              new AllowedGlobal.Type(new GlobalName("m", "T"), "stub"),
              new AllowedGlobal.Value(new GlobalName("m", "V"), "stub")));

  private static final byte[] ONE = bytes("K", 1);

  record Case(String name, Reason reason, byte[] file) {}

  @TestFactory
  Stream<DynamicTest> refusesGlobalsOutsideTheTable() {
    List<Case> cases = new ArrayList<>();
    String[][] names = {
      {"os", "system"},
      {"posix", "system"},
      {"nt", "system"},
      {"subprocess", "Popen"},
      {"builtins", "eval"},
      {"builtins", "exec"},
      {"builtins", "getattr"},
      {"builtins", "__import__"},
      {"__builtin__", "eval"},
      {"importlib", "import_module"},
      {"operator", "attrgetter"},
      {"functools", "partial"},
      {"pickle", "loads"},
      {"_pickle", "loads"},
      {"copyreg", "add_extension"},
      {"codecs", "encode"},
      {"_codecs", "decode"},
      {"runpy", "run_path"},
      {"pty", "spawn"},
      {"socket", "create_connection"},
      {"numpy.f2py", "compile"},
      {"numpy.testing._private.utils", "runstring"},
      {"numpy", "load"},
      {"numpy", "memmap"},
      {"numpy", "fromfile"},
      {"numpy.core.multiarray", "_reconstruct"},
      {"numpy.random", "RandomState"},
      {"numpy.random._pickle", "__randomstate_ctor"},
      {"joblib", "load"},
      {"joblib.memory", "Memory"},
      {"sklearn.datasets", "load_svmlight_file"},
      {"sklearn.datasets._base", "_fetch_remote"},
      {"sklearn.utils", "_joblib"},
      {"datetime", "datetime"},
      {"decimal", "Decimal"},
      {"array", "array"},
      {"dateutil.zoneinfo", "gettz"},
      {"__builtin__", "set"},
      {"builtins", "SystemExit"},
      // Not the names in the table, however alike.
      {"numpy", "dtype.__init__"},
      {"numpy", "dtype "},
      {" numpy", "dtype"},
      {"numpy", "Dtype"},
      {"NUMPY", "dtype"},
      {"numpy", "dtype\0"},
      {"numpy\0", "dtype"},
      {"numpy", "dtyp\u0435"},
      {"num\uff50y", "dtype"},
      {"numpy", "d\u200btype"},
      {"numpy.dtype", ""},
      {"", "numpy.dtype"},
      {"numpy._core", "multiarray._reconstruct"},
      {"sklearn.tree._tree", "Tree.__reduce__"},
      {"", ""},
      // In a library whose classes are read, but no class of it.
      {"sklearn.linear_model", "enet_path"},
      {"sklearn.linear_model._logistic", "_logistic_loss"},
      {"sklearn.cluster._kmeans", "KMeans.fit"},
      {"sklearn.cluster._kmeans", "KMeans "},
      {"sklearn.cluster._kmeans", "K\u041ceans"},
      {"sklearn.cluster._kmeans\n", "KMeans"},
      {"sklearn.cluster/../os", "KMeans"},
      {"sklearn", "KMeans"},
      {"sklearn..cluster", "KMeans"},
      {".sklearn.cluster", "KMeans"},
      {"sklearn.externals.joblib.memory", "Memory"},
      {"sklearn.datasets._base", "RemoteFileMetadata"},
      {"sklearn.utils._testing", "TempMemmap"},
      {"xgboost.core", "_load_lib"},
      {"xgboost.libpath", "XGBoostLibraryNotFound"},
      {"catboost.utils", "DataMetaInfo"},
      {"numpy.matrixlib.defmatrix", "Matrix"},
      {"scipy.io", "FortranFile"},
      {"__main__", "KMeans"},
    };
    for (String[] name : names) {
      byte[] named = global(name[0], name[1]);
      cases.add(new Case("value " + label(name), GLOBAL_NOT_ALLOWED, pickle((Object) named)));
      cases.add(
          new Case(
              "called " + label(name),
              GLOBAL_NOT_ALLOWED,
              pickle(named, text("echo pwned"), 0x85, "R")));
      cases.add(
          new Case(
              "GLOBAL " + label(name),
              GLOBAL_NOT_ALLOWED,
              pickle(
                  "c",
                  name[0].getBytes(StandardCharsets.UTF_8),
                  "\n",
                  name[1].getBytes(StandardCharsets.UTF_8),
                  "\n")));
    }
    return tests(cases);
  }

  /** What a person could take for a fault of the file is named as what it is, in every form. */
  @TestFactory
  Stream<DynamicTest> refusesClassesOfKnownLibrariesAsUnsupported() {
    List<Case> cases = new ArrayList<>();
    String[][] names = {
      {"sklearn.cluster._kmeans", "KMeans"},
      {"sklearn.gaussian_process.kernels", "RBF"},
      {"sklearn.ensemble._hist_gradient_boosting.binning", "_BinMapper"},
      {"sklearn.qda", "QDA"},
      {"xgboost.sklearn", "XGBModel"},
      {"lightgbm.sklearn", "LGBMModel"},
      {"catboost.core", "CatBoostRanker"},
    };
    for (String[] name : names) {
      byte[] named = global(name[0], name[1]);
      cases.add(new Case("value " + label(name), UNSUPPORTED, pickle((Object) named)));
      cases.add(new Case("made " + label(name), UNSUPPORTED, pickle(named, ")", 0x81, "}b")));
      cases.add(
          new Case(
              "GLOBAL " + label(name), UNSUPPORTED, pickle("c" + name[0] + "\n" + name[1] + "\n")));
    }
    return tests(cases);
  }

  @Test
  void namesTheClassAndWhatToDo() {
    byte[] kmeans = pickle(global("sklearn.cluster._kmeans", "KMeans"), ")", 0x81, "}b");

    assertThatThrownBy(() -> new PickleReader(ALLOWED).read(kmeans))
        .hasMessageContainingAll(
            "sklearn.cluster._kmeans.KMeans", "scikit-learn", "inspect --estimators");
  }

  private static String label(String[] name) {
    return new GlobalName(name[0], name[1]).printable();
  }

  @TestFactory
  Stream<DynamicTest> refusesCallsInEveryForm() {
    byte[] system = global("os", "system");
    byte[] dtype = global("numpy", "dtype");
    byte[] ndarray = global("numpy", "ndarray");
    byte[] tree = global("sklearn.tree._tree", "Tree");
    return tests(
        List.of(
            new Case("REDUCE", GLOBAL_NOT_ALLOWED, pickle(system, text("id"), 0x85, "R")),
            new Case("INST", OPCODE_NOT_ALLOWED, pickle("(", text("id"), "ios\nsystem\n")),
            new Case("OBJ", GLOBAL_NOT_ALLOWED, pickle("(", system, text("id"), "o")),
            new Case("OBJ of an allowed global", OPCODE_NOT_ALLOWED, pickle("(", tree, "o")),
            new Case("NEWOBJ", GLOBAL_NOT_ALLOWED, pickle(system, text("id"), 0x85, 0x81)),
            new Case("NEWOBJ_EX", GLOBAL_NOT_ALLOWED, pickle(system, text("id"), 0x85, "}", 0x92)),
            new Case(
                "NEWOBJ_EX of an allowed global", OPCODE_NOT_ALLOWED, pickle(tree, ")}", 0x92)),
            new Case("BUILD", GLOBAL_NOT_ALLOWED, pickle(system, "}b")),
            new Case("only popped", GLOBAL_NOT_ALLOWED, pickle(system, "0N")),
            new Case("only memoized", GLOBAL_NOT_ALLOWED, pickle(system, 0x94, "0N")),
            new Case(
                "named through the memo",
                GLOBAL_NOT_ALLOWED,
                pickle(
                    text("system"), 0x94, text("os"), 0x94, 0x86, "(", "h", 1, "h", 0, 0x93, "t")),
            new Case(
                "nested loads",
                GLOBAL_NOT_ALLOWED,
                pickle(global("pickle", "loads"), "C", 4, "N.N.", 0x85, "R")),
            new Case(
                "chain of attrgetter",
                GLOBAL_NOT_ALLOWED,
                pickle(global("operator", "attrgetter"), text("a.b"), 0x85, "R", dtype, 0x85, "R")),
            new Case(
                "call of a result", CALL_NOT_ALLOWED, pickle(dtype, ")R", text("id"), 0x85, "R")),
            new Case("call of an instance", CALL_NOT_ALLOWED, pickle(tree, ")", 0x81, ")R")),
            new Case("NEWOBJ of a result", CALL_NOT_ALLOWED, pickle(dtype, ")R)", 0x81)),
            new Case("NEWOBJ of a function", CALL_NOT_ALLOWED, pickle(dtype, ")", 0x81)),
            new Case("REDUCE of a value", CALL_NOT_ALLOWED, pickle(ndarray, ")R")),
            new Case("NEWOBJ of a value", CALL_NOT_ALLOWED, pickle(ndarray, ")", 0x81)),
            new Case("BUILD of a value", CALL_NOT_ALLOWED, pickle(ndarray, "}b")),
            new Case("BUILD of a class", CALL_NOT_ALLOWED, pickle(tree, "}b")),
            new Case("BUILD of a function", CALL_NOT_ALLOWED, pickle(dtype, "}b"))));
  }

  @TestFactory
  Stream<DynamicTest> refusesTheProtocolsOwnGlobalsInAnyOtherForm() {
    byte[] reconstructor = global("copyreg", "_reconstructor");
    byte[] object = global("builtins", "object");
    byte[] encode = global("_codecs", "encode");
    byte[] bytearray = global("builtins", "bytearray");
    byte[] tree = global("sklearn.tree._tree", "Tree");
    return tests(
        List.of(
            new Case(
                "_reconstructor of a forbidden class",
                GLOBAL_NOT_ALLOWED,
                pickle(reconstructor, global("os", "system"), object, "N", 0x87, "R")),
            new Case(
                "_reconstructor of a value",
                CALL_NOT_ALLOWED,
                pickle(reconstructor, global("numpy", "ndarray"), object, "N", 0x87, "R")),
            new Case(
                "_reconstructor of a function",
                CALL_NOT_ALLOWED,
                pickle(reconstructor, global("numpy", "dtype"), object, "N", 0x87, "R")),
            new Case(
                "_reconstructor of itself",
                CALL_NOT_ALLOWED,
                pickle(reconstructor, reconstructor, object, "N", 0x87, "R")),
            new Case(
                "_reconstructor of another base",
                CALL_NOT_ALLOWED,
                pickle(reconstructor, tree, tree, "N", 0x87, "R")),
            new Case(
                "_reconstructor with a state",
                CALL_NOT_ALLOWED,
                pickle(reconstructor, tree, object, "}", 0x87, "R")),
            new Case(
                "_reconstructor of a text",
                CALL_NOT_ALLOWED,
                pickle(reconstructor, text("os.system"), object, "N", 0x87, "R")),
            new Case("object called", CALL_NOT_ALLOWED, pickle(object, ")R")),
            new Case(
                "__newobj__ of nothing",
                CALL_NOT_ALLOWED,
                pickle(global("copyreg", "__newobj__"), ")R")),
            new Case(
                "_codecs.encode to UTF-7",
                CALL_NOT_ALLOWED,
                pickle(encode, text("x"), text("utf-7"), 0x86, "R")),
            new Case(
                "_codecs.encode to zip",
                CALL_NOT_ALLOWED,
                pickle(encode, text("x"), text("zlib_codec"), 0x86, "R")),
            new Case(
                "_codecs.encode of a letter above 255",
                CALL_NOT_ALLOWED,
                pickle(encode, text("\u20ac"), text("latin1"), 0x86, "R")),
            new Case(
                "_codecs.encode of bytes", CALL_NOT_ALLOWED, pickle(encode, "C", 0, 0x85, "R")),
            new Case(
                "bytes of a length",
                CALL_NOT_ALLOWED,
                pickle(global("builtins", "bytes"), "J", little(4, 0x7fffffff), 0x85, "R")),
            new Case(
                "bytearray of a length",
                CALL_NOT_ALLOWED,
                pickle(bytearray, "J", little(4, 0x7fffffff), 0x85, "R")),
            new Case("bytearray of a list", CALL_NOT_ALLOWED, pickle(bytearray, "]", 0x85, "R"))));
  }

  @Test
  void makesInstancesOfATypeOnlyWithoutArguments() {
    var reader = new PickleReader(ALLOWED_WITH_TYPE);
    byte[] type = global("m", "T");

    assertThat(reader.read(pickle(type, ")", 0x81)).root()).isInstanceOf(PickleObject.class);
    assertThat(reader.read(pickle(type, ")R")).root()).isInstanceOf(PickleObject.class);
    for (Object opcode : List.of(0x81, "R")) {
      byte[] withArguments = pickle(type, ONE, 0x85, opcode);
      assertThatThrownBy(() -> reader.read(withArguments))
          .isInstanceOfSatisfying(
              ModelRefusedException.class,
              refused -> assertThat(refused.reason()).isEqualTo(CALL_NOT_ALLOWED));
    }
  }

  @TestFactory
  Stream<DynamicTest> refusesOpcodesThatNoModelNeeds() {
    return tests(
        List.of(
            new Case("PERSID", OPCODE_NOT_ALLOWED, pickle("Pfile\n")),
            new Case("BINPERSID", OPCODE_NOT_ALLOWED, pickle(ONE, "Q")),
            new Case("EXT1", OPCODE_NOT_ALLOWED, pickle(0x82, 1)),
            new Case("EXT2", OPCODE_NOT_ALLOWED, pickle(0x83, 1, 0)),
            new Case("EXT4", OPCODE_NOT_ALLOWED, pickle(0x84, 1, 0, 0, 0)),
            new Case("NEXT_BUFFER", OPCODE_NOT_ALLOWED, pickle(0x97)),
            new Case("READONLY_BUFFER", OPCODE_NOT_ALLOWED, pickle("N", 0x98)),
            new Case("DUP", OPCODE_NOT_ALLOWED, pickle("N2", 0x86)),
            new Case("POP", OPCODE_NOT_ALLOWED, pickle("NN0")),
            new Case("POP_MARK", OPCODE_NOT_ALLOWED, pickle("N(N1")),
            new Case("ADDITEMS to a list", MALFORMED, pickle("](", text("a"), 0x90)),
            new Case("ADDITEMS without a mark", MALFORMED, pickle(0x8f, text("a"), 0x90)),
            new Case("APPENDS to a set", MALFORMED, pickle(0x8f, "(", text("a"), "e")),
            new Case("SETITEMS in a set", MALFORMED, pickle(0x8f, "(", text("a"), ONE, "u")),
            new Case("BUILD of a set", MALFORMED, pickle(0x8f, "}b")),
            new Case("a number in a set", STATE_INVALID, pickle(0x8f, "(", ONE, 0x90)),
            new Case("a set in a set", STATE_INVALID, pickle(0x8f, "(", 0x8f, 0x90)),
            new Case("a set as a key", MALFORMED, pickle("}", 0x8f, ONE, "s")),
            new Case("FROZENSET", OPCODE_NOT_ALLOWED, pickle("(", ONE, 0x91)),
            new Case("PROTO in mid-stream", OPCODE_NOT_ALLOWED, pickle(0x80, 4, "N")),
            new Case("PROTO after a value", OPCODE_NOT_ALLOWED, bytes("N", 0x80, 4, ".")),
            new Case("PROTO 6", OPCODE_NOT_ALLOWED, bytes(0x80, 6, "N.")),
            new Case("PROTO 255", OPCODE_NOT_ALLOWED, bytes(0x80, 255, "N.")),
            new Case("unknown opcode", MALFORMED, pickle(0xff)),
            new Case("unknown opcode 0", MALFORMED, pickle(0))));
  }

  @TestFactory
  Stream<DynamicTest> refusesLengthsThatTheFileDoesNotHave() {
    List<Case> cases = new ArrayList<>();
    long[] lies = {
      -1, 4, 0x7fffffffL, 0x80000000L, 0xffffffffL, 1L << 62, 1L << 63, (1L << 63) + 3
    };
    for (Opcode opcode : List.of(Opcode.BINUNICODE, Opcode.BINBYTES, Opcode.BINSTRING)) {
      for (long lie : new long[] {-1, 5, 0x7fffffffL, 0x80000000L, 0xffffffffL}) {
        cases.add(
            new Case(
                opcode + " " + lie, LENGTH_EXCEEDED, pickle(opcode.code(), little(4, lie), "abc")));
      }
    }
    for (long lie : lies) {
      cases.add(
          new Case(
              "BYTEARRAY8 " + lie, LENGTH_EXCEEDED, bytes(0x80, 5, 0x96, little(8, lie), "ab.")));
      cases.add(
          new Case("FRAME " + lie, LENGTH_EXCEEDED, bytes(0x80, 4, 0x95, little(8, lie), "N.")));
      for (Opcode opcode : List.of(Opcode.BINBYTES8, Opcode.BINUNICODE8)) {
        cases.add(
            new Case(
                opcode + " " + lie,
                OPCODE_NOT_ALLOWED,
                pickle(opcode.code(), little(8, lie), "ab")));
      }
    }
    for (Opcode opcode :
        List.of(
            Opcode.SHORT_BINUNICODE, Opcode.SHORT_BINBYTES, Opcode.SHORT_BINSTRING, Opcode.LONG1)) {
      cases.add(new Case(opcode + " 255", LENGTH_EXCEEDED, pickle(opcode.code(), 255, "abc")));
    }
    for (long lie : new long[] {-1, 0x7fffffffL}) {
      cases.add(new Case("LONG4 " + lie, OPCODE_NOT_ALLOWED, pickle(0x8b, little(4, lie), "abc")));
    }
    byte[] digits = repeat(1_000_000, "9");
    cases.add(new Case("digits of INT", LENGTH_EXCEEDED, pickle("I", digits, "\n")));
    cases.add(new Case("digits of INT without end", LENGTH_EXCEEDED, bytes("I", digits)));
    cases.add(new Case("digits of LONG", LENGTH_EXCEEDED, pickle("L", digits, "L\n")));
    cases.add(new Case("digits of FLOAT", LENGTH_EXCEEDED, pickle("F", digits, "\n")));
    cases.add(new Case("digits of GET", LENGTH_EXCEEDED, pickle("Ng", digits, "\n")));
    cases.add(new Case("digits of PUT", LENGTH_EXCEEDED, pickle("Np", digits, "\n")));
    cases.add(new Case("name of GLOBAL", LENGTH_EXCEEDED, pickle("c", digits, "\nx\n")));
    cases.add(new Case("second name of GLOBAL", LENGTH_EXCEEDED, pickle("cx\n", digits, "\n")));
    cases.add(new Case("short line without end", MALFORMED, bytes("I12")));
    cases.add(new Case("UNICODE without end", MALFORMED, bytes("Vabc")));
    cases.add(
        new Case(
            "name of STACK_GLOBAL",
            GLOBAL_NOT_ALLOWED,
            pickle("X", little(4, digits.length), digits, text("x"), 0x93)));
    cases.add(
        new Case(
            "frame in a frame",
            MALFORMED,
            bytes(0x80, 4, 0x95, little(8, 11), 0x95, little(8, 0), "N.")));
    cases.add(
        new Case(
            "frame that ends inside an opcode",
            MALFORMED,
            bytes(0x80, 4, 0x95, little(8, 3), "X", little(4, 1), "a.")));
    cases.add(new Case("cut FRAME", MALFORMED, bytes(0x80, 4, 0x95, 1)));
    cases.add(new Case("cut BININT", MALFORMED, bytes(0x80, 4, "J", 1)));
    cases.add(new Case("cut BINFLOAT", MALFORMED, bytes(0x80, 4, "G", 1)));
    cases.add(new Case("no STOP", MALFORMED, bytes(0x80, 4, "N")));
    cases.add(new Case("PROTO alone", MALFORMED, bytes(0x80)));
    return tests(cases);
  }

  @TestFactory
  Stream<DynamicTest> refusesWorkWithoutProportion() {
    byte[] blob = repeat(1_000_000, "x");
    byte[] memoBlob = bytes("B", little(4, blob.length), blob, 0x94);
    byte[] encode = bytes(global("_codecs", "encode"), 0x94);
    return tests(
        List.of(
            new Case("lists that share", BUDGET_EXCEEDED, pickle(bomb("]", "](", "", "e", 60))),
            new Case("tuples that share", BUDGET_EXCEEDED, pickle(bomb(")", "", "", 0x86, 60))),
            new Case(
                "dictionaries that share",
                BUDGET_EXCEEDED,
                pickle(bomb("}", bytes("}(", ONE), bytes("K", 2), "u", 60))),
            new Case(
                "instances that share",
                BUDGET_EXCEEDED,
                pickle(bomb(")", global("sklearn.tree._tree", "Tree"), "", bytes(0x86, "R"), 40))),
            new Case(
                "states that share",
                BUDGET_EXCEEDED,
                pickle(
                    bomb(
                        ")",
                        bytes(global("sklearn.tree._tree", "Tree"), ")R"),
                        "",
                        bytes(0x86, "b"),
                        40))),
            new Case(
                "a list as a key",
                MALFORMED,
                pickle("]", 0x94, repeat(40, "](", "NN", "e"), "}h", 0, ONE, "s")),
            new Case(
                "tuples that share, as a key",
                STATE_INVALID,
                pickle(bomb(")", "", "", 0x86, 40), 0x94, "}h", 41, ONE, "s")),
            new Case(
                "sets that share, as a key",
                OPCODE_NOT_ALLOWED,
                pickle("(K", 0, 0x91, 0x94, "0(K", 1, 0x91, 0x94, "0")),
            new Case("list that contains itself", STATE_INVALID, pickle("]", 0x94, "h", 0, "a")),
            new Case(
                "dictionary that contains itself",
                STATE_INVALID,
                pickle("}", 0x94, ONE, "h", 0, "s")),
            new Case(
                "tuple that contains itself by a list",
                STATE_INVALID,
                pickle("]", 0x94, "h", 0, 0x85, "a")),
            new Case(
                "instance that contains itself",
                STATE_INVALID,
                pickle(
                    global("sklearn.tree._tree", "Tree"),
                    ")",
                    0x81,
                    0x94,
                    "}",
                    text("a"),
                    "h",
                    0,
                    "sb")),
            new Case(
                "list that contains itself, as a key",
                MALFORMED,
                pickle("]", 0x94, 0x94, "h", 0, "a}", "h", 0, ONE, "s")),
            new Case("300,000 nested lists", BUDGET_EXCEEDED, pickle(nestedLists(300_000))),
            new Case("100,000 nested lists", BUDGET_EXCEEDED, pickle(nestedLists(100_000))),
            new Case("300,000 nested tuples", BUDGET_EXCEEDED, pickle("N", repeat(300_000, 0x85))),
            new Case("a thousand nested tuples", BUDGET_EXCEEDED, pickle("N", repeat(1000, 0x85))),
            new Case("300,000 marks", MALFORMED, pickle("N", repeat(300_000, "("))),
            new Case(
                "a million memo entries", BUDGET_EXCEEDED, pickle("N", repeat(1_000_000, 0x94))),
            new Case("a memo index of 2^32-1", BUDGET_EXCEEDED, pickle("Nr", little(4, -1))),
            new Case(
                "a memo index of 2^31-1", BUDGET_EXCEEDED, pickle("Nr", little(4, 0x7fffffff))),
            new Case("a memo index in ten digits", BUDGET_EXCEEDED, pickle("Np9999999999\n")),
            new Case(
                "a million empty lists", BUDGET_EXCEEDED, pickle("(", repeat(1_000_000, "]"), "t")),
            new Case(
                "a million empty dictionaries",
                BUDGET_EXCEEDED,
                pickle("](", repeat(1_000_000, "}"), "e")),
            new Case(
                "four million opcodes", BUDGET_EXCEEDED, pickle("(", repeat(4_000_000, "N"), "t")),
            new Case(
                "a large object a thousand times in a list",
                BUDGET_EXCEEDED,
                pickle("](", memoBlob, repeat(1000, "h", 0), "e")),
            new Case(
                "a large object copied by a thousand calls",
                BUDGET_EXCEEDED,
                pickle(
                    "](",
                    "X",
                    little(4, blob.length),
                    blob,
                    0x94,
                    text("latin1"),
                    0x94,
                    0x86,
                    0x94,
                    encode,
                    repeat(1000, "h", 3, "h", 2, "R"),
                    "e")),
            new Case(
                "a large state for a thousand objects",
                BUDGET_EXCEEDED,
                pickle(
                    "](",
                    global("numpy", "dtype"),
                    0x94,
                    memoBlob,
                    0x85,
                    0x94,
                    repeat(1000, "h", 0, ")R", "h", 2, "b"),
                    "e"))));
  }

  @TestFactory
  Stream<DynamicTest> refusesWhatIsNoWellFormedPickle() {
    byte[] dtype = global("numpy", "dtype");
    List<Case> cases = new ArrayList<>();
    for (String needsMark : List.of("t", "l", "d", "e", "u")) {
      cases.add(new Case("no MARK under " + needsMark, MALFORMED, pickle("]NN" + needsMark)));
    }
    for (Object needsValues :
        List.of(".", "a", "s", "R", "b", 0x81, 0x85, 0x86, 0x87, 0x93, 0x94, "p0\n", "q0")) {
      byte[] opcode = bytes(needsValues);
      cases.add(new Case("empty stack " + opcode[0], MALFORMED, bytes(0x80, 4, opcode, ".")));
      cases.add(new Case("only a MARK " + opcode[0], MALFORMED, bytes(0x80, 4, "N(", opcode, ".")));
    }
    for (String filled : List.of("e", "u")) {
      cases.add(new Case("nothing under the MARK of " + filled, MALFORMED, pickle("(NN" + filled)));
      cases.add(
          new Case("a MARK under the MARK of " + filled, MALFORMED, pickle("]((NN" + filled)));
    }
    for (String other : List.of("N", "}", ")", "K\1", "C\0")) {
      cases.add(new Case("APPEND to " + other, MALFORMED, pickle(other, "Na")));
      cases.add(new Case("APPENDS to " + other, MALFORMED, pickle(other, "(Ne")));
    }
    for (String other : List.of("N", "]", ")", "K\1", "C\0")) {
      cases.add(new Case("SETITEM in " + other, MALFORMED, pickle(other, ONE, "Ns")));
      cases.add(new Case("SETITEMS in " + other, MALFORMED, pickle(other, "(", ONE, "Nu")));
      cases.add(new Case("BUILD of " + other, MALFORMED, pickle(other, "}b")));
      cases.add(new Case("REDUCE of " + other, MALFORMED, pickle(other, ")R")));
      cases.add(new Case("NEWOBJ of " + other, MALFORMED, pickle(other, ")", 0x81)));
    }
    for (String other : List.of("N", "]", "}", "K\1")) {
      cases.add(new Case("REDUCE with " + other, MALFORMED, pickle(dtype, other, "R")));
      cases.add(
          new Case(
              "NEWOBJ with " + other,
              MALFORMED,
              pickle(global("sklearn.tree._tree", "Tree"), other, 0x81)));
      cases.add(new Case("STACK_GLOBAL of " + other, MALFORMED, pickle(text("os"), other, 0x93)));
    }
    cases.add(new Case("SETITEMS in a function's object", MALFORMED, pickle(dtype, ")R(NNu")));
    cases.add(new Case("key without a value", MALFORMED, pickle("}(NNNu")));
    cases.add(new Case("key without a value in DICT", MALFORMED, pickle("(Nd")));
    cases.add(new Case("unset memo BINGET", MALFORMED, pickle("h", 0)));
    cases.add(new Case("unset memo BINGET 255", MALFORMED, pickle("N", 0x94, "h", 255)));
    cases.add(new Case("unset memo LONG_BINGET", MALFORMED, pickle("j", little(4, -1))));
    cases.add(new Case("unset memo GET", MALFORMED, pickle("g4294967296\n")));
    cases.add(new Case("GET of no number", MALFORMED, pickle("gx\n")));
    cases.add(new Case("GET of a negative number", MALFORMED, pickle("g-1\n")));
    cases.add(new Case("GET of nothing", MALFORMED, pickle("g\n")));
    cases.add(new Case("PUT of a negative number", MALFORMED, pickle("Np-1\n")));
    for (String number : List.of("", "-", "1.5", "0x10", "1_0", " 1", "\u00b9", "nan", "1L")) {
      cases.add(new Case("INT " + number, MALFORMED, pickle("I", number, "\n")));
    }
    for (String number : List.of("", "L", "1LL", "x", "--1L")) {
      cases.add(new Case("LONG " + number, MALFORMED, pickle("L", number, "\n")));
    }
    for (String number : List.of("", ".", "1d", "0x1p3", "NaN", "Infinity", " 1", "1e", "1_0")) {
      cases.add(new Case("FLOAT " + number, MALFORMED, pickle("F", number, "\n")));
    }
    for (String string :
        List.of("", "'", "abc", "'abc", "'abc\"", "'a'b'", "'\\'", "'\\q'", "'\\x1'")) {
      cases.add(new Case("STRING " + string, MALFORMED, pickle("S", string, "\n")));
    }
    for (String line :
        List.of("\\u12", "\\uzzzz", "\\ud800", "\\U00110000", "\\Uffffffff", "\\U0000dfff")) {
      cases.add(new Case("UNICODE " + line, MALFORMED, pickle("V", line, "\n")));
    }
    for (String utf8 :
        List.of(
            "\u00ff",
            "\u0080",
            "\u00c3",
            "\u00c0\u0080",
            "\u00e0\u0080\u0080",
            "\u00ed\u00a0\u0080",
            "\u00ed\u00bf\u00bf",
            "\u00f4\u0090\u0080\u0080",
            "\u00f8\u0088\u0080\u0080\u0080",
            "\u00e2\u0082",
            "a\u00e2(\u00a1")) {
      byte[] text = bytes(utf8);
      cases.add(new Case("UTF-8 " + hex(text), MALFORMED, pickle(0x8c, text.length, text)));
      cases.add(
          new Case(
              "long UTF-8 " + hex(text), MALFORMED, pickle("X", little(4, text.length), text)));
      cases.add(new Case("GLOBAL " + hex(text), MALFORMED, pickle("c", text, "\nx\n")));
    }
    cases.add(new Case("two values at the end", MALFORMED, pickle("NN")));
    cases.add(new Case("a mark at the end", MALFORMED, pickle("N(")));
    cases.add(new Case("second pickle", TRAILING_DATA, bytes(pickle("N"), pickle("N"))));
    cases.add(new Case("garbage after STOP", TRAILING_DATA, bytes(pickle("N"), 0)));
    cases.add(new Case("line feed after STOP", TRAILING_DATA, bytes(pickle("N"), "\n")));
    return tests(cases);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @TestFactory
  Stream<DynamicTest> refusesStatesAndKeysThatNoClassWrites() {
    byte[] tree = global("sklearn.tree._tree", "Tree");
    byte[] dtype = global("numpy", "dtype");
    byte[] scalar = bytes(dtype, ")R");
    return tests(
        List.of(
            new Case("BUILD twice", STATE_INVALID, pickle(tree, ")", 0x81, "}b}b")),
            new Case("BUILD of a result twice", STATE_INVALID, pickle(dtype, ")R}b}b")),
            new Case(
                "BUILD twice through the memo",
                STATE_INVALID,
                pickle(tree, ")", 0x81, 0x94, "}b(h", 0, "}bt")),
            new Case(
                "BUILD of what takes no state",
                STATE_INVALID,
                pickle(global("numpy._core.multiarray", "scalar"), ")R}b")),
            new Case("BUILD of bytes", STATE_INVALID, pickle(global("builtins", "bytes"), ")R}b")),
            new Case("key twice", STATE_INVALID, pickle("}(", text("a"), "N", text("a"), "Nu")),
            new Case(
                "key twice in DICT", STATE_INVALID, pickle("(", text("a"), "N", text("a"), "Nd")),
            new Case(
                "key twice in two batches",
                STATE_INVALID,
                pickle("}(", text("a"), "Nu(", text("a"), "Nu")),
            new Case(
                "key twice by SETITEM",
                STATE_INVALID,
                pickle("}", text("a"), "Ns", text("a"), "Ns")),
            new Case(
                "key twice in two spellings", STATE_INVALID, pickle("}(", text("a"), "NVa\nNu")),
            new Case("None twice", STATE_INVALID, pickle("}(NNNNu")),
            new Case("1 and True", STATE_INVALID, pickle("}(", ONE, "N", 0x88, "Nu")),
            new Case("True and 1", STATE_INVALID, pickle("}(", 0x88, "N", ONE, "Nu")),
            new Case("1 and 1.0", STATE_INVALID, pickle("}(", ONE, "NF1.0\nNu")),
            new Case("0.0 and False", STATE_INVALID, pickle("}(F0.0\nN", 0x89, "Nu")),
            new Case("0.0 and -0.0", STATE_INVALID, pickle("}(F0.0\nNF-0.0\nNu")),
            new Case(
                "items of an instance twice",
                STATE_INVALID,
                pickle(tree, ")", 0x81, "(", text("a"), "N", text("a"), "Nu")),
            new Case("tuple as a key", STATE_INVALID, pickle("}", text("a"), 0x85, "Ns")),
            new Case("empty tuple as a key", STATE_INVALID, pickle("})Ns")),
            new Case("bytes as a key", STATE_INVALID, pickle("}C", 1, "aNs")),
            new Case("global as a key", STATE_INVALID, pickle("}", dtype, "Ns")),
            new Case("instance as a key", STATE_INVALID, pickle("}", tree, ")", 0x81, "Ns")),
            new Case("built object as a key", STATE_INVALID, pickle("}", scalar, "Ns")),
            new Case("dictionary as a key", MALFORMED, pickle("}}Ns"))));
  }

  @Test
  void refusesManyKeysOfSeveralTypesInOneDictionary() {
    var pairs = new ByteArrayOutputStream();
    for (int i = 0; i < 1001; i++) {
      pairs.writeBytes(i % 2 == 0 ? bytes("M", little(2, i), "N") : bytes(text("k" + i), "N"));
    }
    assertRefused(new Case("mixed keys", BUDGET_EXCEEDED, pickle("}(", pairs.toByteArray(), "u")));
  }

  @Test
  void readsManyCollidingKeysOfOneTypeQuickly() {
    // "Aa" and "BB" have the same hash in Java, and so do all words of 16 of them.
    var pairs = new ByteArrayOutputStream();
    for (int i = 0; i < 65_536; i++) {
      StringBuilder key = new StringBuilder();
      for (int bit = 0; bit < 16; bit++) {
        key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      pairs.writeBytes(bytes(text(key.toString()), "N"));
    }
    byte[] file = pickle("}(", pairs.toByteArray(), "u");

    Object root =
        assertTimeoutPreemptively(
            Duration.ofSeconds(2), () -> new PickleReader(ALLOWED).read(file).root());

    assertThat((Map<?, ?>) root).hasSize(65_536);
  }

  @TestFactory
  Stream<DynamicTest> saysWhatAFileIsThatIsNoPickle() {
    Map<String, byte[]> files =
        Map.of(
            "table of text (CSV)", bytes("carrier,wind,rain\nAA,1.5,0\nLA,0.5,1\n"),
            "(CSV)", bytes("(a);b\r\n1;2\r\n"),
            "Parquet", bytes("PAR1", 0x15, 0, "rest"),
            "PMML", bytes("<?xml version=\"1.0\"?>\n<PMML version=\"4.4\"></PMML>"),
            "ONNX", bytes(8, 9, 0x12, 8, "skl2onnx", 0x1a, 4, "1.17"),
            "Keras writes its models (.h5)", bytes(0x89, "HDF\r\n", 0x1a, "\n"),
            "Keras model (.keras)", bytes("PK", 3, 4, new byte[26], "metadata.json{}"),
            "cut short", bytes(0x80, 4, 0x95, little(8, 100), "NN"));
    return files.entrySet().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getKey(),
                    () ->
                        assertThatThrownBy(
                                () -> PickleFile.read(new PickleReader(ALLOWED), file.getValue()))
                            .hasMessageContaining(file.getKey())));
  }

  @TestFactory
  Stream<DynamicTest> refusesFilesThatAreNoPickles() {
    return tests(
        List.of(
            new Case("empty file", CONTAINER_REJECTED, bytes()),
            new Case(
                "UTF-8 byte order mark",
                CONTAINER_REJECTED,
                bytes(0xef, 0xbb, 0xbf, 0x80, 4, "N.")),
            new Case(
                "UTF-16 byte order mark", CONTAINER_REJECTED, bytes(0xff, 0xfe, 0x80, 4, "N.")),
            new Case("gzip", CONTAINER_REJECTED, bytes(0x1f, 0x8b, 8, 0, 0, 0, 0, 0)),
            new Case("zlib", CONTAINER_REJECTED, bytes("x", 0x9c, 1)),
            new Case("bzip2", CONTAINER_REJECTED, bytes("BZh91AY&SY")),
            new Case("xz", CONTAINER_REJECTED, bytes(0xfd, "7zXZ", 0, 0, 4)),
            new Case("lzma", CONTAINER_REJECTED, bytes("]", 0, 0, 0x80, 0)),
            new Case("lz4", CONTAINER_REJECTED, bytes(4, "\"M", 0x18)),
            new Case("zip", CONTAINER_REJECTED, bytes("PK", 3, 4, "rest")),
            new Case("empty zip", CONTAINER_REJECTED, bytes("PK", 5, 6, "rest")),
            new Case("7z", CONTAINER_REJECTED, bytes("7z", 0xbc, 0xaf, 0x27, 0x1c)),
            new Case(
                "tar", CONTAINER_REJECTED, bytes("model.pkl", new byte[248], "ustar", 0, "00")),
            new Case("npy", CONTAINER_REJECTED, bytes(0x93, "NUMPY", 1, 0)),
            new Case("HDF5", CONTAINER_REJECTED, bytes(0x89, "HDF\r\n", 0x1a, "\n")),
            new Case("HTML", CONTAINER_REJECTED, bytes("<!DOCTYPE html><html>Sign in</html>")),
            new Case("indented HTML", CONTAINER_REJECTED, bytes("\r\n  <html>")),
            new Case("XML", CONTAINER_REJECTED, bytes("<?xml version=\"1.0\"?><Error/>")),
            new Case("JSON", CONTAINER_REJECTED, bytes("{\"error\": \"no such key\"}")),
            new Case(
                "Git LFS pointer",
                CONTAINER_REJECTED,
                bytes("version https://git-lfs.github.com/spec/v1\noid sha256:0\n")),
            new Case("zeros", CONTAINER_REJECTED, new byte[1000]),
            new Case("text", CONTAINER_REJECTED, bytes("HELLO")),
            new Case(
                "joblib",
                UNSUPPORTED,
                pickle(global("joblib.numpy_pickle", "NDArrayWrapper"), ")", 0x81))));
  }

  /** Inputs that net.razorvine.pickle 1.5 accepts, hangs on, or dies of. */
  @TestFactory
  Stream<DynamicTest> refusesWhatTheLibraryAloneDoesNot() {
    return tests(
        List.of(
            new Case(
                "INST os.system",
                OPCODE_NOT_ALLOWED,
                pickle("(", text("echo pwned"), "ios\nsystem\n")),
            new Case(
                "global kept only in the memo",
                GLOBAL_NOT_ALLOWED,
                pickle(text("os"), text("system"), 0x93, 0x94, "0N")),
            new Case(
                "BINBYTES8 of 2^63+3",
                OPCODE_NOT_ALLOWED,
                pickle(0x8e, little(8, (1L << 63) + 3), "abc0N")),
            new Case(
                "a key of 40 levels", MALFORMED, pickle(keyOfLists(40), "}h", 40, "(", ONE, "s")),
            new Case(
                "frozensets of frozensets",
                OPCODE_NOT_ALLOWED,
                pickle("(K", 0, 0x91, 0x94, "0(K", 1, 0x91, 0x94, "0")),
            new Case(
                "a list that is in itself and a key",
                MALFORMED,
                pickle("]", 0x94, 0x94, "h", 0, "a}h", 0, ONE, "s")),
            new Case(
                "coef_ twice",
                STATE_INVALID,
                pickle(
                    global("sklearn.linear_model._logistic", "LogisticRegression"),
                    ")",
                    0x81,
                    "}(",
                    text("coef_"),
                    ONE,
                    text("coef_"),
                    "K",
                    2,
                    "ub"))));
  }

  private static byte[] keyOfLists(int levels) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(bytes("]", 0x94, "("));
    for (int i = 0; i < levels; i++) {
      bytes.writeBytes(bytes("](h", i, "h", i, "e", 0x94));
    }
    return bytes.toByteArray();
  }

  /**
   * Python's pickler ends each container before anything refers to it, so that all orders agree.
   */
  @TestFactory
  Stream<DynamicTest> refusesWhatIsChangedAfterSomethingRefersToIt() {
    byte[] tree = bytes(global("sklearn.tree._tree", "Tree"), ")", 0x81);
    byte[] dtype = global("numpy", "dtype");
    byte[] item = bytes(text("k"), ONE);
    return tests(
        List.of(
            new Case(
                "a dictionary that BUILD was given",
                STATE_INVALID,
                pickle(tree, "}", 0x94, "bh", 0, item, "s", 0x86)),
            new Case(
                "the same by SETITEMS",
                STATE_INVALID,
                pickle(tree, "}", 0x94, "bh", 0, "(", item, "u", 0x86)),
            new Case(
                "a list in a state",
                STATE_INVALID,
                pickle(tree, "}", text("l"), "]", 0x94, "sbh", 0, "Na", 0x86)),
            new Case(
                "the same by APPENDS",
                STATE_INVALID,
                pickle(tree, "}", text("l"), "]", 0x94, "sbh", 0, "(NNe", 0x86)),
            new Case(
                "a dictionary in a tuple",
                STATE_INVALID,
                pickle("}", 0x94, 0x85, "h", 0, item, "s", 0x86)),
            new Case(
                "a list in a tuple", STATE_INVALID, pickle("]", 0x94, 0x85, "h", 0, "Na", 0x86)),
            new Case(
                "a set in a list",
                STATE_INVALID,
                pickle("]", 0x8f, 0x94, "ah", 0, "(", text("s"), 0x90, 0x86)),
            new Case(
                "what a function was given",
                STATE_INVALID,
                pickle(dtype, "]", 0x94, 0x85, "Rh", 0, "Na", 0x86)),
            new Case(
                "what a function gave, in a list, that gets its state",
                STATE_INVALID,
                pickle("]", dtype, ")R", 0x94, "ah", 0, "}b", 0x86))));
  }

  @Test
  void refusesInstancesThatAreChangedAfterSomethingRefersToThem() {
    var reader = new PickleReader(ALLOWED_WITH_TYPE);
    byte[] made = bytes(global("m", "T"), ")", 0x81);

    for (byte[] file :
        List.of(
            pickle("]", made, 0x94, "ah", 0, "}b", 0x86),
            pickle(made, 0x94, 0x85, "h", 0, "}b", 0x86),
            pickle(made, text("k"), ONE, "s"),
            pickle(made, "}b(", text("k"), ONE, "u"))) {
      assertThatThrownBy(() -> reader.read(file))
          .isInstanceOfSatisfying(
              ModelRefusedException.class,
              refused -> assertThat(refused.reason()).isEqualTo(STATE_INVALID));
    }
  }

  @Test
  void namesTheGlobalAndEscapesWhatMisleads() {
    var reader = new PickleReader(ALLOWED);

    assertThatThrownBy(() -> reader.read(pickle((Object) global("posix", "system"))))
        .hasMessageStartingWith(
            "GLOBAL_NOT_ALLOWED at byte 17: the file names the global posix.system, which no model");
    assertThatThrownBy(
            () -> reader.read(pickle((Object) global("num\u0440y", "d type\n\u001b[31m"))))
        .hasMessageContaining("num\\u0440y.d\\u0020type\\u000a\\u001b[31m");
    assertThatThrownBy(() -> reader.read(pickle((Object) global("x".repeat(255), "y"))))
        .hasMessageContaining("x".repeat(60) + "....y");
  }

  @Test
  void listsEveryGlobalOfARefusedFile() {
    var reader = new PickleReader(ALLOWED);

    assertThat(
            reader
                .outline(
                    pickle(
                        global("os", "system"),
                        text("id"),
                        0x85,
                        "R",
                        global("numpy", "dtype"),
                        global("builtins", "eval"),
                        0x87))
                .orElseThrow()
                .globals())
        .map(GlobalName::toString)
        .containsExactly("builtins.eval", "numpy.dtype", "os.system");
    assertThat(PickleFile.outline(reader, bytes("<html>"))).isEmpty();
    assertThat(reader.outline(bytes(0x80, 4, global("os", "system"), 0xff)))
        .contains(new PickleOutline(4, List.of(new GlobalName("os", "system"))));
  }

  /**
   * A first value at memo entry 0, then values 1 to n in a tuple, each made from two references to
   * the one before.
   */
  private static byte[] bomb(String first, Object open, Object between, Object close, int levels) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(bytes("(", first, 0x94));
    for (int i = 0; i < levels; i++) {
      bytes.writeBytes(bytes(open, "h", i, between, "h", i, close, 0x94));
    }
    bytes.writeBytes(bytes("t"));
    return bytes.toByteArray();
  }

  private static byte[] nestedLists(int depth) {
    return bytes(repeat(depth, "]"), repeat(depth - 1, "a"));
  }

  private static Stream<DynamicTest> tests(List<Case> cases) {
    return cases.stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> assertRefused(one)));
  }

  private static void assertRefused(Case one) {
    var reader = new PickleReader(ALLOWED);

    Throwable thrown =
        assertTimeoutPreemptively(
            Duration.ofSeconds(2), () -> catchThrowable(() -> PickleFile.read(reader, one.file())));

    assertThat(thrown).isInstanceOf(ModelRefusedException.class);
    assertThat(((ModelRefusedException) thrown).reason())
        .as(thrown.getMessage())
        .isEqualTo(one.reason());
    assertThat(thrown.getMessage()).hasSizeLessThan(400).matches("\\A[ -~]+\\z");
    assertThat(((ModelRefusedException) thrown).offset()).isBetween(0L, (long) one.file().length);
  }
}
