package dev.flightdelay.predictor.dataplane.scoring;

import static dev.flightdelay.predictor.dataplane.RunningServer.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.dataplane.Models;
import dev.flightdelay.predictor.dataplane.RunningServer;
import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.RowBudget;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where rows are scored is decided by what their model says that they cost, the first one too. */
class DearRowsTest {

  private static final String WORKER = "long-batches";

  private static final class Watched implements Model {

    private final Model model = Models.sumOfTwo();
    private final List<String> threads = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> parts = Collections.synchronizedList(new ArrayList<>());

    @Override
    public Signature signature() {
      return model.signature();
    }

    @Override
    public void score(Rows rows, int from, int to, Scores scores) {
      threads.add(Thread.currentThread().getName());
      parts.add(to - from);
      model.score(rows, from, to, scores);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "40, true, 1, false",
    "100_000, true, 1, false",
    "5_000_000, true, 1, true",
    "100_000, true, 60, true",
    "40, false, 1, true"
  })
  void leaveTheEventLoop(String operations, boolean mayBlock, int rows, boolean leave) {
    Watched model = new Watched();
    long cost = Long.parseLong(operations.replace("_", ""));
    try (RunningServer server = serving(model, new RowCost(cost, 0, 2, mayBlock))) {

      server.post("/predict", JSON, rows(rows));

      assertThat(model.threads).hasSize(1);
      assertThat(model.threads.getFirst().startsWith(WORKER)).isEqualTo(leave);
    }
  }

  @Test
  void areScoredSoManyAtATimeAsMakeABoundedNumberOfCells() {
    Watched model = new Watched();
    try (RunningServer server = serving(model, new RowCost(40, 0, 1 << 20, true))) {

      String answer = server.post("/predict", JSON, rows(10)).body();

      assertThat(answer).isEqualTo("{\"predictions\":[" + "3.0,".repeat(9) + "3.0]}");
      assertThat(model.parts).containsExactly(4, 4, 2);
    }
  }

  private static RunningServer serving(Model model, RowCost cost) {
    RunningServer server = RunningServer.waiting(DataPlaneLimits.defaults(), () -> "starting");
    server.serve(model, new RowBudget(cost, RowBudget.DEFAULT_MAX_COST));
    return server;
  }

  private static String rows(int count) {
    return "{\"data\":[" + String.join(",", Collections.nCopies(count, "[1,2]")) + "]}";
  }
}
