package dev.flightdelay.predictor.dialect.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.PredictorProcess;
import dev.flightdelay.predictor.SharedMaterial;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * The contracts that clients of five earlier systems rely on, each on that system's own pickle,
 * over HTTP, byte for byte.
 */
@TestInstance(Lifecycle.PER_CLASS)
class EarlierAnswersIT {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";

  private PredictorProcess running;
  private String runningPickle;

  @AfterAll
  void stop() {
    if (running != null) {
      running.close();
    }
  }

  @Test
  void answersTheArrayOfSystem001() {
    var response =
        serving("seed-001-logistic-regression.pkl")
            .post(
                "/api",
                JSON,
                "{\"array\":[0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,1,0,0,1,0,0,0,0,0,0,0,0,0,0]}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(response.body()).isEqualTo("{\"predicciones\":[1]}");
  }

  @Test
  void showsThePageOfSystem000AndItsClass() {
    PredictorProcess predictor = serving("seed-001-logistic-regression.pkl");
    String form =
        "x0=0&x1=0&x2=0&x3=0&x4=0&x5=0&x6=0&x7=0&x8=0&x9=0&x10=0&x11=0&x12=1&x13=0&x14=0&x15=0"
            + "&x16=0&x17=0&x18=0&x19=0&x20=0&x21=0&x22=0&x23=1&x24=0&x25=0&x26=1&x27=0&x28=0&x29=0"
            + "&x30=0&x31=0&x32=0&x33=0&x34=0&x35=0&x36=0";

    var page = predictor.get("/");
    var answer = predictor.post("/Predecir", FORM, form);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("Class: 1");
  }

  @Test
  void takesTheFormOfSystem002WithVar24Twice() {
    PredictorProcess predictor = serving("seed-002-logistic-regression.pkl");
    // Of var1 to var36, var24 stands for the columns 23 and 24; the 37 values are these:
    String form = form("var", 1, 36, 24);
    double[] values = new double[37];
    values[23] = 1;
    values[24] = 1;
    double[] other = new double[37];
    other[23] = 1;

    var short36 = predictor.post("/predict", FORM, form);
    var full37 = predictor.post("/predict", FORM, form("var", values));

    assertThat(short36.statusCode()).isEqualTo(200);
    assertThat(short36.body()).containsPattern("Class: [01]");
    assertThat(percentages(short36.body()))
        .as("the probabilities shown")
        .hasSizeGreaterThanOrEqualTo(2)
        .isEqualTo(percentages(full37.body()))
        .isNotEqualTo(percentages(predictor.post("/predict", FORM, form("var", other)).body()));
  }

  @Test
  void answersTheRowsOfSystem003() {
    PredictorProcess predictor = serving("seed-003-linear-regression.sav");
    String row = Collections.nCopies(150, "1").toString();
    String other = Collections.nCopies(150, "0.5").toString();

    var response = predictor.post("/predict", JSON, "{\"data\": [" + row + ", " + other + "]}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).matches("\\{\"predictions\":\\[-?[0-9.E-]+,-?[0-9.E-]+]}");
  }

  @Test
  void answersTheFormOfSystem004WithABearerToken() {
    String x = "[0,1,0,0,0,1,0,1,0,0,0,1,0,0,0,1,0,1,0,1,0,1,0,0,0,1,0,0,0,1,0,0,0,1,0,0,0]";

    var response = serving("seed-004-logistic-regression.pkl").post("/", FORM, "x=" + encoded(x));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo("{\"model_prediction\":\"[1]\",\"received_data\":{\"x\":\"" + x + "\"}}");
  }

  @Test
  void answersTheFormOfSystem004SentAsJsonByItsLoadTest() {
    String x = "[0,1,0,0,0,1,0,1,0,0,0,1,0,0,0,1,0,1,0,1,0,1,0,0,0,1,0,0,0,1,0,0,0,1,0,0,0]";

    var response = serving("seed-004-logistic-regression.pkl").post("/", JSON, "x=" + x);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo("{\"model_prediction\":\"[1]\",\"received_data\":{\"x\":\"" + x + "\"}}");
  }

  @Test
  void saysWhatIsWrongInTheShapeOfSystem004() {
    var response = serving("seed-004-logistic-regression.pkl").post("/", FORM, "x=[1,2]");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).startsWith("{\"error_message\":\"").contains("37");
  }

  private static String form(String prefix, int from, int to, int one) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(i -> prefix + i + "=" + (i == one ? 1 : 0))
        .reduce((a, b) -> a + "&" + b)
        .orElseThrow();
  }

  private static String form(String prefix, double[] values) {
    return IntStream.range(0, values.length)
        .mapToObj(i -> prefix + (i + 1) + "=" + values[i])
        .reduce((a, b) -> a + "&" + b)
        .orElseThrow();
  }

  private static List<String> percentages(String page) {
    return Pattern.compile("[0-9.]+.%").matcher(page).results().map(MatchResult::group).toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** One predictor at a time: a process is most of what a test costs. */
  private PredictorProcess serving(String pickle) {
    if (!pickle.equals(runningPickle)) {
      stop();
      Path model = SharedMaterial.path("seed-models").resolve(pickle);
      running = PredictorProcess.serving(model);
      runningPickle = pickle;
    }
    return running;
  }
}
