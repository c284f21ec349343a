package dev.flightdelay.predictor.sklearn.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.UnusableRowsException;
import dev.flightdelay.predictor.reader.EstimatorPickle;
import dev.flightdelay.predictor.reader.ModelReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A real tree with one of its numbers changed: each is refused, and the reason says why. */
class TreesRefusalTest {

  private static final Path TREE =
      Path.of("src/test/resources/parity-trees/tree-best-first/model.pkl");

  // What an item of the nodes is: left, right, feature, threshold, and so on.
  private static final int NODE = 64;
  private static final int LEFT = 0;
  private static final int RIGHT = 8;
  private static final int FEATURE = 16;
  private static final int THRESHOLD = 24;

  @Test
  void readsTheSoundTreeThatTheOthersAreMadeOf() throws IOException {
    var model = ModelReader.read(tree(), "").model();

    assertThat(model.signature().features().count()).isEqualTo(4);
  }

  @Test
  void refusesATreeThatTurnsBackToItsRoot() throws IOException {
    refuses(changed(LEFT, 0), Reason.MODEL_INVALID, "has the child 0");
  }

  @Test
  void refusesAChildThatIsNotThere() throws IOException {
    refuses(changed(RIGHT, 4000), Reason.MODEL_INVALID, "has the child 4000 of 17");
  }

  @Test
  void refusesAChildOfTwoParents() throws IOException {
    refuses(changed(RIGHT, 1), Reason.MODEL_INVALID, "shares the child 1");
  }

  @Test
  void refusesARightChildWithoutALeftOne() throws IOException {
    refuses(changed(LEFT, -1), Reason.MODEL_INVALID, "has a right child and no left one");
  }

  @Test
  void refusesAFeatureThatRowsDoNotHave() throws IOException {
    refuses(changed(FEATURE, 4), Reason.MODEL_INVALID, "asks for feature 4 of 4");
  }

  @Test
  void refusesANumberThatIsNoInt() throws IOException {
    refuses(changed(FEATURE, 1L << 40), Reason.STATE_INVALID, "holds 1099511627776");
  }

  @Test
  void refusesAThresholdThatIsNoNumber() throws IOException {
    refuses(
        changed(THRESHOLD, Double.doubleToLongBits(Double.NaN)),
        Reason.MODEL_INVALID,
        "has the threshold NaN");
  }

  @Test
  void refusesALeafThatIsNoNumber() throws IOException {
    byte[] file = tree();
    int values = indexOf(file, "values");
    // The values are the last array of doubles: all of them become NaN.
    int data = startOfBytes(file, values);
    for (int i = 0; i < 17; i++) {
      ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putDouble(data + 8 * i, Double.NaN);
    }

    refuses(file, Reason.MODEL_INVALID, "is a leaf with the value NaN");
  }

  @Test
  void refusesColumnsThatOverlap() throws IOException {
    byte[] file = tree();
    // The offset of the threshold, BININT1 24, becomes that of the feature.
    int at = indexOf(file, new byte[] {'K', THRESHOLD}, indexOf(file, "threshold"));
    file[at + 1] = FEATURE;

    refuses(file, Reason.STATE_INVALID, "overlap");
  }

  @Test
  void refusesATreeThatWasNotFitted() {
    byte[] file = EstimatorPickle.of("sklearn.tree._classes", "DecisionTreeRegressor").bytes();

    refuses(file, Reason.STATE_INVALID, "tree_ is missing");
  }

  @Test
  void refusesAForestWithoutTrees() {
    byte[] file =
        EstimatorPickle.of("sklearn.ensemble._forest", "RandomForestRegressor")
            .with("estimators_", new Object[0])
            .bytes();

    refuses(file, Reason.MODEL_INVALID, "estimators_ is empty");
  }

  @Test
  void refusesARowThatIsTooLargeForFloat32() throws IOException {
    var model = ModelReader.read(tree(), "").model();
    Rows rows = new Rows(new double[] {1, 2, 3, 4, 1, 2, 1e39, 4}, 2, 4);

    var refusal =
        catchThrowableOfType(UnusableRowsException.class, () -> model.score(rows, false, false));

    assertThat(refusal).hasMessageContaining("row 1: feature 2 is 1.0E39");
  }

  private static void refuses(byte[] file, Reason reason, String says) {
    var refusal =
        catchThrowableOfType(ModelRefusedException.class, () -> ModelReader.read(file, ""));

    assertThat(refusal).hasMessageContaining(says);
    assertThat(refusal.reason()).isEqualTo(reason);
  }

  private static byte[] tree() throws IOException {
    return Files.readAllBytes(TREE);
  }

  /** The tree with another number in a column of its root. */
  private static byte[] changed(int column, long number) throws IOException {
    byte[] file = tree();
    int root = startOfBytes(file, indexOf(file, "n_node_samples"));
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(root + column, number);
    return file;
  }

  /** Where the data of the first array after {@code from} start: at BINBYTES or SHORT_BINBYTES. */
  private static int startOfBytes(byte[] file, int from) {
    int count = 17;
    for (int at = from; at < file.length - 5; at++) {
      int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(at + 1);
      if (file[at] == 'B' && length == count * NODE) {
        return at + 5;
      }
      if (file[at] == 'C' && file[at + 1] == (byte) (count * 8)) {
        return at + 2;
      }
    }
    throw new AssertionError("the tree has other bytes");
  }

  private static int indexOf(byte[] file, String text) {
    return indexOf(file, text.getBytes(StandardCharsets.US_ASCII), 0);
  }

  private static int indexOf(byte[] file, byte[] bytes, int from) {
    for (int at = from; at <= file.length - bytes.length; at++) {
      if (ByteBuffer.wrap(file, at, bytes.length).equals(ByteBuffer.wrap(bytes))) {
        return at;
      }
    }
    throw new AssertionError("the tree has other bytes");
  }
}
