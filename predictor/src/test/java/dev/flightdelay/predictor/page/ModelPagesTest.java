package dev.flightdelay.predictor.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.ServedModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelPagesTest {

  private static final String ATTACK = "\"><script>alert('1')</script>&`{{model}}";

  @Test
  void hasFieldPerColumnWithoutNames() {
    String page = form(LinearSample.unnamedFlights());

    assertThat(page)
        .contains("<form id=\"form\" class=\"card\" method=\"post\" action=\"predict\"")
        .contains("<label for=\"f0\">var1</label><input id=\"f0\" name=\"var1\" value=\"\"")
        .contains("name=\"var37\"")
        .doesNotContain("var0\"", "var38", "<select", "Class: ", "Value: ");
  }

  @Test
  void hasDropDownPerGroupWithItsColumnsAsNumbers() {
    String page = form(LinearSample.flights());

    assertThat(page)
        .containsSubsequence(
            "<label for=\"g0\">OPERA</label>",
            "<select id=\"g0\" name=\"OPERA\">",
            "<option value=\"\">none of these</option>",
            "<option value=\"Aerolineas Argentinas\">",
            "as numbers",
            "name=\"OPERA_Grupo LATAM\"",
            "<select id=\"g23\" name=\"TIPOVUELO\">",
            "<select id=\"g25\" name=\"MES\">",
            "<option value=\"12\">12</option>");
    assertThat(page).doesNotContain("<legend>Numbers</legend>");
  }

  @Test
  void saysWhereANumberIsTheCodeOfACategory() {
    ServedModel model =
        LinearSample.tolerant(Features.named(List.of("age", "carrier")).withCodes(Set.of(1)));

    assertThat(form(model))
        .contains("<label for=\"f0\">age</label>")
        .contains("<label for=\"f1\">carrier (code of its category)</label>");
  }

  @Test
  void mixesGroupsAndNumbers() {
    ServedModel model =
        LinearSample.tolerant(Features.named(List.of("age", "MES_1", "MES_2", "size")));

    assertThat(form(model))
        .contains("<select id=\"g1\" name=\"MES\">")
        .contains("name=\"age\" value=\"\" inputmode=\"decimal\" placeholder=\"missing\">")
        .contains("name=\"size\"")
        .doesNotContain(" required>");
  }

  @Test
  void requiresNumbersWhereNothingMayBeMissing() {
    assertThat(form(LinearSample.delays()))
        .contains("name=\"var1\" value=\"\" inputmode=\"decimal\" required>");
  }

  @Test
  void tellsModelAndHowToCallIt() {
    String page = form(LinearSample.flights());

    assertThat(page)
        .contains("LogisticRegression <span class=\"quiet\">scikit-learn 1.7.2")
        .contains("title=\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"")
        .contains("href=\"docs\"", "href=\"openapi.json\"")
        .contains("/v2/models/flights/versions/v1/infer")
        .contains("/v1/models/flights:predict")
        .contains(
            Html.escape(
                "{\"instances\":[{\"OPERA\":\"Aerolineas Argentinas\",\"TIPOVUELO\":\"I\",\"MES\":1}]}"));
  }

  @Test
  void answersWithClassProbabilitiesAndTerms() {
    ServedModel model = LinearSample.flights();
    Rows rows = row(37, 3, 24, 30);
    Scores scores = model.model().score(rows, true, true);

    String page =
        answered(model, Map.of("OPERA", "Grupo LATAM", "TIPOVUELO", "N", "MES", "6"), rows, scores);

    assertThat(page)
        .contains("Class: " + scores.labels()[0])
        .contains("<option selected value=\"Grupo LATAM\">")
        .contains("id=\"probabilities\"", Decimal.percent(scores.probabilities()[1]))
        .contains("id=\"terms\"", "OPERA_Grupo LATAM <span class=\"quiet\">= 1</span>")
        .contains("← towards class 0", "towards class 1 →")
        .doesNotContain("id=\"decisions\"", "<p class=\"verdict waiting\">");
  }

  @Test
  void showsTenLikeliestOfManyClasses() {
    List<String> classes = IntStream.range(0, 25).mapToObj(i -> "airport " + i).toList();
    ServedModel model = LinearSample.airports(Features.unnamed(4), classes);
    Rows rows = Rows.of(1, 0.5, -2, 3);

    String page = answered(model, Map.of(), rows, model.model().score(rows, true, false));

    assertThat(page.split("<li>", -1)).hasSize(1 + 10 + 4);
    assertThat(page).contains("15 more classes have", "away from class airport");
  }

  @Test
  void showsDecisionFunctionWhereThereAreNoProbabilities() {
    ServedModel model = LinearSample.flights();
    Rows rows = row(37, 0);

    String page = answered(model, Map.of(), rows, model.model().score(rows, false, true));

    assertThat(page).contains("id=\"decisions\"", "above 0 is class 1");
  }

  @Test
  void answersWithValueOfRegressor() {
    ServedModel model = LinearSample.delays();
    Rows rows = row(150, 2, 9);
    Scores scores = model.model().score(rows, true, true);

    assertThat(answered(model, Map.of(), rows, scores))
        .contains("<strong>Value: " + scores.values()[0] + "</strong>")
        .contains("towards larger →")
        .doesNotContain("Class:");
  }

  @Test
  void showsRowThatOlderClientsFieldsBecame() {
    ServedModel model = LinearSample.flights();
    Rows rows = row(37, 3, 23, 24, 36);
    Map<String, String> entered = new HashMap<>();
    for (int i = 0; i < 37; i++) {
      entered.put("x" + i, Json.number(rows.get(0, i)));
    }

    String page = answered(model, entered, rows, model.model().score(rows, true, true));

    assertThat(page)
        .contains("<option selected value=\"Grupo LATAM\">", "<option selected value=\"12\">")
        .contains("<details open>", "name=\"TIPOVUELO_N\" value=\"1\"");
  }

  @Test
  void marksFieldThatRefusalNames() {
    String page =
        refused(
            LinearSample.unnamedFlights(),
            Map.of("var1", "0", "var12", "twelve"),
            "the feature 'var12' is 'twelve', which is not a number");

    assertThat(page)
        .contains("the feature &#39;var12&#39; is &#39;twelve&#39;, which is not a number")
        .contains("<a href=\"#f11\">Go to var12</a>")
        .contains("name=\"var12\" value=\"twelve\" inputmode=\"decimal\" required aria-invalid")
        .containsOnlyOnce("aria-invalid=\"true\" aria-describedby");
  }

  @Test
  void opensGroupOfColumnThatRefusalNames() {
    assertThat(
            refused(
                LinearSample.flights(),
                Map.of("MES_7", "x"),
                "the feature 'MES_7' is 'x', which is not a number"))
        .contains("<a href=\"#f31\">Go to MES_7</a>", "<details open>");
  }

  @Test
  void marksFieldOfFindingRatherThanOfAdvice() {
    ServedModel model = LinearSample.flights();

    assertThat(refused(model, Map.of(), "'x' is no category of 'MES'; it has '1', '2' and more"))
        .contains("<a href=\"#g25\">Go to MES</a>");
    assertThat(refused(model, Map.of(), "the model has no feature 'x'; it has 'OPERA', 'MES'"))
        .doesNotContain("Go to ");
  }

  @Test
  void refusesWithoutFieldWhereNoneIsNamed() {
    assertThat(refused(LinearSample.flights(), Map.of(), "this is for a moment too much"))
        .contains("Correct the fields and send again.")
        .doesNotContain("Go to ");
  }

  @Test
  void escapesWhateverModelAndCallerSay() {
    Features features =
        Features.named(List.of(ATTACK, "g" + ATTACK + "_a", "g" + ATTACK + "_" + ATTACK));
    ServedModel model =
        new ServedModel(
            ATTACK,
            ATTACK,
            ATTACK,
            "file:x",
            LinearSample.airports(features, List.of(ATTACK, "b", "c")).model(),
            LinearSample.BUDGET);
    Rows rows = Rows.of(1, 2, 3);
    Map<String, String> entered = Map.of(ATTACK, ATTACK);

    String all =
        form(model)
            + answered(model, entered, rows, model.model().score(rows, true, true))
            + refused(model, entered, ATTACK);

    assertThat(all)
        .contains("<title>" + Html.escape(ATTACK), "name=\"" + Html.escape(ATTACK) + "\"")
        .doesNotContain("<script>alert", "\"><script", "alert('1')");
  }

  @Test
  void staysSmallFor150Features() {
    assertThat(form(LinearSample.delays()).getBytes(UTF_8).length).isLessThan(100_000);
  }

  @Test
  void makesFormOnce() {
    ModelPages pages = new ModelPages(LinearSample.flights(), List.of());

    assertThat(pages.form()).isSameAs(pages.form());
    assertThat(pages.openApi()).isSameAs(pages.openApi());
  }

  @Test
  void servesDocumentationAndNothingBesideIt() {
    ModelPages pages = new ModelPages(LinearSample.flights(), List.of());

    assertThat(pages.asset("/docs")).isPresent();
    assertThat(pages.asset("/docs/swagger-ui.css").orElseThrow().contentType())
        .startsWith("text/css");
    assertThat(pages.asset("/docs/swagger-ui-bundle.js").orElseThrow().bytes()).isNotEmpty();
    assertThat(pages.asset("/docs/../page.html")).isEmpty();
    assertThat(pages.asset("/docs/index.html")).isEmpty();
  }

  private static String form(ServedModel model) {
    return new String(new ModelPages(model, List.of()).form(), UTF_8);
  }

  private static String answered(
      ServedModel model, Map<String, String> entered, Rows rows, Scores scores) {
    return new String(new ModelPages(model, List.of()).answered(entered, rows, scores), UTF_8);
  }

  private static String refused(ServedModel model, Map<String, String> entered, String message) {
    return new String(new ModelPages(model, List.of()).refused(entered, message), UTF_8);
  }

  /** A row of zeros with ones in the given columns. */
  private static Rows row(int width, int... ones) {
    double[] row = new double[width];
    for (int one : ones) {
      row[one] = 1;
    }
    return Rows.of(row);
  }
}
