package dev.flightdelay.predictor.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.flightdelay.predictor.dataplane.LinearModel;
import dev.flightdelay.predictor.dialect.mlflow.MlflowJsonDialect;
import dev.flightdelay.predictor.dialect.oip.TensorDialect;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A small request makes no room for rows times columns, whatever the model is. */
class RoomForRowsTest {

  private static final int ROWS = 1000;
  private static final int COLUMNS = 5000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final DialectSettings WIDE =
      new DialectSettings(
          "m",
          "v1",
          LinearModel.regressor(
                  Features.named(IntStream.range(0, COLUMNS).mapToObj(i -> "f" + i).toList()),
                  false,
                  new double[COLUMNS],
                  0)
              .signature(),
          ROWS);
  private static final String ONES = "[1" + ",1".repeat(ROWS - 1) + "]";

  @Test
  void oneTensorOfMany() {
    String request =
        "{\"inputs\":[{\"name\":\"f7\",\"shape\":[%d],\"datatype\":\"FP64\",\"data\":%s}]}"
            .formatted(ROWS, ONES);

    assertRefusedInLittleRoom(new TensorDialect(WIDE), request);
  }

  @Test
  void oneColumnOfMany() {
    assertRefusedInLittleRoom(new MlflowJsonDialect(WIDE), "{\"inputs\":{\"f7\":" + ONES + "}}");
  }

  @Test
  void oneColumnOfAFrame() {
    assertRefusedInLittleRoom(
        new MlflowJsonDialect(WIDE),
        "{\"dataframe_split\":{\"columns\":[\"f7\"],\"data\":[[1]"
            + ",[1]".repeat(ROWS - 1)
            + "]}}");
  }

  private static void assertRefusedInLittleRoom(Dialect dialect, String request) {
    byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
    long before = THREADS.getCurrentThreadAllocatedBytes();

    assertThatThrownBy(() -> dialect.read(new Body(bytes, 0, bytes.length)))
        .isInstanceOf(UnusableRowsException.class)
        .hasMessageContaining("missing");

    // All rows of all columns would be 40 MB.
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(5_000_000);
  }
}
