package dev.flightdelay.predictor.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.PredictorProcess;
import dev.flightdelay.predictor.PythonClients;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a real predictor answers is what its OpenAPI document says, whatever it is asked
 * (schemathesis): no server error, no status that is not told of, no answer that breaks its schema,
 * nothing refused that conforms, and nothing answered that does not.
 */
class SchemaIT {

  @BeforeAll
  static void clients() {
    PythonClients.assume();
  }

  @ParameterizedTest
  @CsvSource({
    "a classifier by names, samples/flight-delay/flight-delay.pkl",
    "a regression, src/test/resources/parity-classic/sk12-bayesianridge.pkl",
    "several outputs, src/test/resources/parity-classic/sk12-multioutput-labels.pkl",
    "texts, src/test/resources/parity-text/v1.2-tfidf.pkl",
    "mixed columns, src/test/resources/parity-text/v1.2-columns.pkl"
  })
  void answersAsItsDocumentSays(String kind, Path model) throws Exception {
    try (PredictorProcess predictor = PredictorProcess.serving(model)) {
      assertThat(PythonClients.run("schema_check.py", predictor.url()))
          .as(kind)
          .contains("200 requests for inference were answered");
    }
  }
}
