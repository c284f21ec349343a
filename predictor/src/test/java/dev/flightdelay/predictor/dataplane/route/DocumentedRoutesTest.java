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
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is answered is what the OpenAPI document tells of, each way round. */
class DocumentedRoutesTest {

  private static final JsonMapper JSON = new JsonMapper();

  private final ServedModel model =
      new ServedModel(
          "flights",
          "v1",
          LinearModel.SHA256,
          "flights.pkl",
          Models.named(),
          new RowBudget(RowCost.of(40), RowBudget.DEFAULT_MAX_COST));
  private final ModelPages pages = new ModelPages(model, List.of());

  @Test
  void everyRouteIsDocumentedAndEveryCallOfTheDocumentIsRouted() {
    Set<String> documented =
        JSON.readTree(pages.openApi())
            .get("paths")
            .propertyStream()
            .flatMap(path -> calls(path.getKey(), path.getValue()))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(served()).contains("POST /v2/models/flights/infer", "POST /", "GET /", "GET /docs");
    assertThat(documented).containsExactlyElementsOf(served());
  }

  private static Stream<String> calls(String path, JsonNode operations) {
    return operations
        .propertyStream()
        .map(operation -> operation.getKey().toUpperCase(Locale.ROOT) + " " + path);
  }

  private Set<String> served() {
    Routes routes =
        Routes.of(
            model,
            pages,
            DataPlaneLimits.defaults(),
            new MeteredRequests(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)),
            Aliases.NONE);
    Set<String> calls = new TreeSet<>();
    Stream.concat(routes.paths().stream(), Stream.of("/docs"))
        .forEach(
            path -> {
              Route route = routes.route(path);
              if (route.get() != null) {
                calls.add("GET " + path);
              }
              if (!route.post().isEmpty()) {
                calls.add("POST " + path);
              }
            });
    return calls;
  }
}
