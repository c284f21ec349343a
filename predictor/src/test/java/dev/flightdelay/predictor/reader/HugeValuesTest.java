package dev.flightdelay.predictor.reader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.dataplane.DataPlane;
import dev.flightdelay.predictor.dataplane.PlainPages;
import dev.flightdelay.predictor.dataplane.RawConnection;
import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.dataplane.admission.Gate;
import dev.flightdelay.predictor.dataplane.route.Aliases;
import dev.flightdelay.predictor.metrics.DeferredMetrics;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.RowBudget;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.ServedModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Numbers as large as JSON may have them, through every estimator of which there is a {@link
 * Fixture}: an answer, or a refusal that names the row. What a caller sends never fails the server.
 */
class HugeValuesTest {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final double[] HUGE = {1e19, -3.5e38, 1e160, Double.MAX_VALUE, -Double.MAX_VALUE};

  @Test
  void answersOrNamesTheRow() throws IOException {
    List<String> failures = new ArrayList<>();
    Map<Integer, Integer> statuses = new TreeMap<>();
    int models = 0;
    try (DataPlane plane = open();
        RawConnection client = new RawConnection(plane.address().getPort())) {
      for (Fixture fixture : Fixture.all()) {
        Model model;
        try {
          model = ModelReader.read(fixture.bytes(), fixture.entry()).model();
        } catch (ModelRefusedException refusedByName) {
          // That it must be is its parity test's to say.
          continue;
        }
        models++;
        plane.serve(served(model), new PlainPages());
        for (List<Object> row : rows(model.signature().features())) {
          String rows = JSON.writeValueAsString(List.of(sample(model), row));
          RawConnection.Reply answer = client.send(request(rows)).reply();
          statuses.merge(answer.status(), 1, Integer::sum);
          boolean named = answer.status() == 400 && answer.body().contains("row 1");
          if (answer.status() != 200 && !named) {
            failures.add(
                "%s %s: %d %s".formatted(fixture.pickle(), row, answer.status(), answer.body()));
          }
        }
      }
    }

    System.out.println(models + " models: " + statuses);
    assertThat(failures).isEmpty();
    assertThat(statuses.get(200)).isGreaterThan(1000);
  }

  private static DataPlane open() throws IOException {
    return DataPlane.open(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        DataPlaneLimits.defaults(),
        Aliases.NONE,
        Gate.OPEN,
        () -> "starting",
        new DeferredMetrics());
  }

  private static ServedModel served(Model model) {
    return new ServedModel(
        "m",
        "v1",
        "0".repeat(64),
        "file:m.pkl",
        model,
        new RowBudget(RowCost.of(40), RowBudget.DEFAULT_MAX_COST));
  }

  private static String request(String rows) {
    String body = "{\"instances\":" + rows + "}";
    return "POST /v1/models/m:predict HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        + "Content-Length: %d\r\n\r\n%s".formatted(body.getBytes(UTF_8).length, body);
  }

  /** The same number in all columns, with either sign in turn, and in one column alone. */
  private static List<List<Object>> rows(Features features) {
    List<List<Object>> rows = new ArrayList<>();
    for (double huge : HUGE) {
      List<Object> all = sample(features);
      List<Object> turns = sample(features);
      List<Object> one = sample(features);
      boolean first = true;
      for (int column = 0; column < all.size(); column++) {
        if (features.takesText(column) || features.isDropped(column)) {
          continue;
        }
        all.set(column, huge);
        turns.set(column, column % 2 == 0 ? huge : -huge);
        if (first) {
          one.set(column, huge);
          first = false;
        }
      }
      Collections.addAll(rows, all, turns, one);
    }
    return rows;
  }

  private static List<Object> sample(Model model) {
    return sample(model.signature().features());
  }

  private static List<Object> sample(Features features) {
    Rows sample = features.sample();
    List<Object> row = new ArrayList<>();
    for (int column = 0; column < features.count(); column++) {
      String text = sample.text(0, column);
      row.add(text == null ? (Object) sample.get(0, column) : text);
    }
    return row;
  }
}
