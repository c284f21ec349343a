package dev.flightdelay.predictor.dataplane.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.dataplane.LinearModel;
import dev.flightdelay.predictor.dataplane.Models;
import dev.flightdelay.predictor.dataplane.admission.DataPlaneLimits;
import dev.flightdelay.predictor.metrics.MeteredRequests;
import dev.flightdelay.predictor.model.RowBudget;
import dev.flightdelay.predictor.model.RowCost;
import dev.flightdelay.predictor.model.ServedModel;
import dev.flightdelay.predictor.page.ModelPages;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AliasesTest {

  @Test
  void isAskedInVersion1BeforeWhatIsAskedThereOtherwise() {
    Route predict = routes("/predict", "/health").route("/predict");

    assertThat(predict.post())
        .extracting(endpoint -> endpoint.dialect().name())
        .startsWith("v1")
        .contains("data", "form");
  }

  @Test
  void leavesAloneWhatIsAskedThereAnyway() {
    Routes routes = routes("/v1/models/flights:predict", "/livez");

    assertThat(routes.route("/v1/models/flights:predict").post()).hasSize(1);
    assertThat(routes.route("/livez").get().get().body()).asString().isEqualTo("{\"live\":true}");
  }

  @Test
  void answersReadinessAtAPathOfItsOwn() {
    Routes routes = routes("/p", "/is/it");

    assertThat(routes.route("/is/it").get().get().body()).asString().isEqualTo("{\"ready\":true}");
  }

  private static Routes routes(String predict, String health) {
    ServedModel model =
        new ServedModel(
            "flights",
            "v1",
            LinearModel.SHA256,
            "flights.pkl",
            Models.named(),
            new RowBudget(RowCost.of(40), RowBudget.DEFAULT_MAX_COST));
    return Routes.of(
        model,
        new ModelPages(model, List.of()),
        DataPlaneLimits.defaults(),
        new MeteredRequests(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)),
        new Aliases(Optional.of(predict), Optional.of(health)));
  }
}
