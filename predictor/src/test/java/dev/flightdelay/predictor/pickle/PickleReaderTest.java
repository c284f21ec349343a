package dev.flightdelay.predictor.pickle;

import static dev.flightdelay.predictor.pickle.Assembler.bytes;
import static dev.flightdelay.predictor.pickle.Assembler.global;
import static dev.flightdelay.predictor.pickle.Assembler.little;
import static dev.flightdelay.predictor.pickle.Assembler.pickle;
import static dev.flightdelay.predictor.pickle.Assembler.repeat;
import static dev.flightdelay.predictor.pickle.Assembler.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.numpy.NdArray;
import dev.flightdelay.predictor.numpy.NumpyGlobals;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.Unpickler;
import org.junit.jupiter.api.Test;

/** Sound pickles: what each becomes. */
class PickleReaderTest {

  private static final List<Object[]> CALLS = new ArrayList<>();

  private final PickleReader reader =
      new PickleReader(
          new AllowedGlobals(
              List.of(
                  new AllowedGlobal.Type(new GlobalName("m", "T"), "test"),
                  new AllowedGlobal.Opaque(new GlobalName("m", "O"), "test"),
                  new AllowedGlobal.Value(new GlobalName("m", "V"), "test"),
                  new AllowedGlobal.Function(
                      new GlobalName("m", "map"), _ -> new LinkedHashMap<>(), "test"),
                  new AllowedGlobal.Function(
                      new GlobalName("m", "f"),
                      arguments -> {
                        CALLS.add(arguments);
                        return "called";
                      },
                      "test"),
                  new AllowedGlobal.Function(
                      new GlobalName("m", "refuses"),
                      _ -> {
                        throw new IllegalArgumentException("takes nothing");
                      },
                      "test"))));

  private Object root(Object... parts) {
    return reader.read(bytes(parts)).root();
  }

  @Test
  void readsNumbersAsLongBigIntegerAndDouble() {
    assertThat(root("K", 255, ".")).isEqualTo(255L);
    assertThat(root("M", 255, 255, ".")).isEqualTo(65535L);
    assertThat(root("J", little(4, -2), ".")).isEqualTo(-2L);
    assertThat(root("I-12\n.")).isEqualTo(-12L);
    assertThat(root("I01\n.")).isEqualTo(true);
    assertThat(root("I00\n.")).isEqualTo(false);
    assertThat(root("I0\n.")).isEqualTo(0L);
    assertThat(root("L9223372036854775807L\n.")).isEqualTo(Long.MAX_VALUE);
    assertThat(root("L-9223372036854775808L\n.")).isEqualTo(Long.MIN_VALUE);
    assertThat(root("L9223372036854775808\n.")).isEqualTo(BigInteger.TWO.pow(63));
    assertThat(root(0x8a, 0, ".")).isEqualTo(0L);
    assertThat(root(0x8a, 1, 0xff, ".")).isEqualTo(-1L);
    assertThat(root(0x8a, 2, 0xff, 0, ".")).isEqualTo(255L);
    assertThat(root(0x8a, 9, little(8, 0), 1, ".")).isEqualTo(BigInteger.TWO.pow(64));
    assertThat(root("F-1.5e-05\n.")).isEqualTo(-1.5e-05);
    assertThat(root("Finf\n.")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(root("F-inf\n.")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(root("Fnan\n.")).isEqualTo(Double.NaN);
    assertThat(root("G", 0x3f, 0xf8, 0, 0, 0, 0, 0, 0, ".")).isEqualTo(1.5);
    assertThat(root(0x80, 2, 0x88, ".")).isEqualTo(true);
    assertThat(root(0x80, 2, 0x89, ".")).isEqualTo(false);
    assertThat(root("N.")).isNull();
  }

  @Test
  void readsTextsOfEveryProtocol() {
    assertThat(root((Object) pickle((Object) text("caf\u00e9 \u20ac \ud83d\ude00"))))
        .isEqualTo("caf\u00e9 \u20ac \ud83d\ude00");
    assertThat(root("X", little(4, 3), 0xe2, 0x82, 0xac, ".")).isEqualTo("\u20ac");
    // What pickle.dumps("a\\b\nc\u20ac\U0001f600\xe9", 0) writes.
    assertThat(root("Va\\u005cb\\u000ac\\u20ac\\U0001f600\u00e9\n."))
        .isEqualTo("a\\b\nc\u20ac\ud83d\ude00\u00e9");
    assertThat(root("V\\x\\\\u0041\\\n.")).isEqualTo("\\x\\\\u0041\\");
    // Python 2's str.
    assertThat(root("S'a\\x00\\n\\'\\\\\u00e9\"'\n.")).isEqualTo("a\0\n'\\\u00e9\"");
    assertThat(root("S\"it's\"\n.")).isEqualTo("it's");
    assertThat(root("U", 2, 0xff, 0, ".")).isEqualTo("\u00ff\0");
    assertThat(root("T", little(4, 2), 0x80, 10, ".")).isEqualTo("\u0080\n");
  }

  @Test
  void readsBytesOfEveryProtocol() {
    byte[] expected = {0, (byte) 0xff, 10};

    assertThat(FileSlice.copy(root(pickle("C", 3, expected)))).hasValue(expected);
    assertThat(FileSlice.copy(root(pickle("B", little(4, 3), expected)))).hasValue(expected);
    assertThat(FileSlice.copy(root(0x80, 5, 0x96, little(8, 3), expected, "."))).hasValue(expected);
    assertThat(root("c_codecs\nencode\n(V\\u0000\u00ff\\u000a\nVlatin1\ntR.")).isEqualTo(expected);
    assertThat(root("c__builtin__\nbytes\n(tR.")).isEqualTo(new byte[0]);
    assertThat(root("c__builtin__\nbytearray\n(V\\u0000\u00ff\\u000a\nVlatin-1\ntR."))
        .isEqualTo(expected);
    assertThat(
            FileSlice.copy(
                root(pickle(global("builtins", "bytearray"), "C", 3, expected, 0x85, "R"))))
        .hasValue(expected);
    assertThat(root(pickle(global("builtins", "bytearray"), ")R"))).isEqualTo(new byte[0]);
    // A pickle inside of bytes is bytes.
    assertThat(root(pickle("C", 16, "cos\nsystem\n(tR.."))).isInstanceOf(FileSlice.class);
  }

  @Test
  void readsContainersInTheFilesOrder() {
    assertThat((Object[]) root(pickle("(K", 1, "K", 2, "K", 3, "K", 4, "t")))
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat((Object[]) root(pickle("K", 1, "K", 2, "K", 3, 0x87))).containsExactly(1L, 2L, 3L);
    assertThat((Object[]) root(pickle(")"))).isEmpty();
    assertThat(root("(lp0\nI1\naI2\na.")).isEqualTo(List.of(1L, 2L));
    assertThat(root(pickle("](K", 1, "K", 2, "eK", 3, "a"))).isEqualTo(List.of(1L, 2L, 3L));
    assertThat(root("(I1\nI2\nl.")).isEqualTo(List.of(1L, 2L));

    List<Object> names = new ArrayList<>();
    for (int i = 50; i > 0; i--) {
      names.add("name" + i);
    }
    byte[] pairs = bytes();
    for (Object name : names) {
      pairs = bytes(pairs, text((String) name), "N");
    }
    assertThat(((Map<?, ?>) root(pickle("}(", pairs, "u"))).keySet().toArray())
        .isEqualTo(names.toArray());
    assertThat(((Map<?, ?>) root(pickle("(", pairs, "d"))).keySet().toArray())
        .isEqualTo(names.toArray());
    assertThat(root(pickle("}(K", 1, "N", 0x89, "N", "F0.5\nN", "N", 0x88, "u")))
        .isInstanceOf(Map.class);
  }

  @Test
  void keepsSharedObjectsShared() {
    List<?> shared = (List<?>) root(pickle("](]", 0x94, "h", 0, "h", 0, "e"));

    assertThat(shared).hasSize(3);
    assertThat(shared.get(0)).isSameAs(shared.get(1)).isSameAs(shared.get(2));
    assertThat((List<?>) root("((lp7\ng7\nl.")).hasSize(2);
    assertThat((List<?>) root(pickle("](]r", little(4, 70_000), "j", little(4, 70_000), "e")))
        .hasSize(2);
  }

  @Test
  void makesInstancesInEveryProtocol() {
    byte[] reconstructed =
        bytes("ccopy_reg\n_reconstructor\n(cm\nT\nc__builtin__\nobject\nNtR(dVa\nI1\nsb.");
    byte[] newObject = pickle(global("m", "T"), ")", 0x81, "}", text("a"), "K", 1, "sb");
    byte[] newObjectByFunction = bytes("ccopyreg\n__newobj__\n(cm\nT\ntR(dVa\nI1\nsb.");

    for (byte[] file : List.of(reconstructed, newObject, newObjectByFunction)) {
      PickleObject object = (PickleObject) reader.read(file).root();

      assertThat(object.type()).isEqualTo(new GlobalName("m", "T"));
      assertThat(object.attributes()).isEqualTo(Map.of("a", 1L));
      assertThat(object.items()).isEmpty();
    }
  }

  /** A forest is almost nothing but arrays: their bytes stay where they are in the file. */
  @Test
  void needsLittleMoreThanTwiceTheSizeOfAnArray() {
    int size = 1 << 20;
    byte[] dtype = bytes(global("numpy", "dtype"), text("u1"), 0x85, "R");
    byte[] shape = bytes("J", little(4, size), 0x85);
    byte[] state = bytes("(K", 1, shape, dtype, 0x89, "B", little(4, size), new byte[size], "tb");
    byte[] built =
        pickle(
            global("numpy.core.multiarray", "_reconstruct"),
            global("numpy", "ndarray"),
            "K",
            0,
            0x85,
            "C",
            1,
            "b",
            0x87,
            "R",
            state);
    byte[] made =
        pickle(
            global("numpy.core.numeric", "_frombuffer"),
            "(",
            0x96,
            little(8, size),
            new byte[size],
            dtype,
            shape,
            text("C"),
            "tR");

    for (byte[] file : List.of(built, made)) {
      var tight = new PickleReader(new AllowedGlobals(NumpyGlobals.ALL), size * 22L / 10);

      NdArray array = (NdArray) tight.read(file).root();

      assertThat(array.size()).isEqualTo(size);
    }
  }

  @Test
  void carriesOpaqueInstancesWithAnyArgumentsStateAndItems() {
    PickleObject object =
        (PickleObject)
            root(
                pickle(global("m", "O"), text("x"), "K", 1, 0x86, "R(", text("k"), "NuC", 1, "sb"));

    assertThat(object.type()).isEqualTo(new GlobalName("m", "O"));
    assertThat(object.items()).containsOnlyKeys("k");
    assertThat(FileSlice.copy(object.state())).hasValue(new byte[] {'s'});
    assertThat(object.attributes()).isEmpty();
  }

  @Test
  void givesFunctionsTheArgumentsOfTheTuple() {
    CALLS.clear();

    Object result =
        root(pickle(global("m", "f"), global("m", "V"), "NK", 7, 0x87, "R", 0x94, "h", 0, 0x86));

    assertThat((Object[]) result).containsExactly("called", "called");
    assertThat(CALLS).hasSize(1);
    assertThat(CALLS.getFirst()).containsExactly(new GlobalName("m", "V"), null, 7L);
  }

  @Test
  void fillsAMappingThatAFunctionMade() {
    assertThat(root(pickle(global("m", "map"), ")R(", text("a"), "K", 1, "u")))
        .isEqualTo(Map.of("a", 1L));
  }

  @Test
  void saysWhereAFunctionRefusesItsArguments() {
    assertThatThrownBy(() -> root(pickle(global("m", "refuses"), ")R")))
        .isInstanceOfSatisfying(
            ModelRefusedException.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.CALL_NOT_ALLOWED);
              assertThat(refused.offset()).isEqualTo(16);
            })
        .hasMessageContaining("m.refuses: takes nothing");
  }

  @Test
  void neverAsksTheLibrarysRegistry() {
    Unpickler.registerConstructor("m", "T", _ -> "from the registry");

    assertThat(root(pickle(global("m", "T"), ")", 0x81))).isInstanceOf(PickleObject.class);
  }

  @Test
  void reportsProtocolAndGlobals() {
    Pickle pickle =
        reader.read(pickle("](", global("m", "V"), global("m", "O"), global("m", "V"), "e"));

    assertThat(pickle.protocol()).isEqualTo(4);
    assertThat(pickle.globals())
        .containsExactly(new GlobalName("m", "O"), new GlobalName("m", "V"));
    assertThat(reader.read(bytes("N.")).protocol()).isZero();
    assertThat(reader.read(bytes("K", 1, ".")).protocol()).isOne();
    assertThat(reader.read(bytes(0x80, 3, "N.")).protocol()).isEqualTo(3);
  }

  @Test
  void readsManySmallBatchesQuickly() {
    assertThat((List<?>) root(pickle("]", repeat(240_000, "(Ne")))).hasSize(240_000);
  }

  @Test
  void refusesAFileThatNeedsMoreHeapThanThereIs() {
    var small = new PickleReader(new AllowedGlobals(List.of()), 4 << 20);

    assertThatThrownBy(() -> small.read(pickle("(", repeat(100_000, 0x8c, 0), "t")))
        .isInstanceOfSatisfying(
            ModelRefusedException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.BUDGET_EXCEEDED))
        .hasMessageContaining("MiB");
  }

  @Test
  void refusesTwoRulesForOneGlobal() {
    var rule = new AllowedGlobal.Value(new GlobalName("builtins", "object"), "test");

    assertThatThrownBy(() -> new AllowedGlobals(List.of(rule)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
