package dev.flightdelay.predictor.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.PredictorProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page as a real predictor serves it, with its headers, in a real browser. */
class ServedPageIT {

  private static PredictorProcess predictor;
  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = Browser.open();
    predictor = PredictorProcess.serving(Path.of("samples/flight-delay/flight-delay.pkl"));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (predictor != null) {
      predictor.close();
    }
  }

  @BeforeEach
  void forgetEarlierComplaints() {
    browser.complaints();
  }

  @Test
  void fillsInSendsAndReadsTheClass() {
    browser.likeDesktop();
    Visit visit = new Visit(browser, URI.create(predictor.url() + "/")).openForm();

    visit.choose("OPERA", "Grupo LATAM").choose("TIPOVUELO", "I").choose("MES", "12").send();

    String asked =
        predictor
            .post(
                "/v1/models/flight-delay:predict",
                "application/json",
                "{\"instances\":[{\"OPERA\":\"Grupo LATAM\",\"TIPOVUELO\":\"I\",\"MES\":12}]}")
            .body();
    assertThat(visit.verdict()).isEqualTo("Class: " + asked.replaceAll("\\D", ""));
    assertThat(visit.bars("probabilities")).hasSize(2);
    assertThat(visit.bars("terms")).hasSize(3);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void showsTheApiUnderItsContentSecurityPolicy() {
    new Visit(browser, URI.create(predictor.url() + "/")).openDocs();

    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void asksForTheKeyOfGuardedPredictorAndForgetsItWithThePage(@TempDir Path keys)
      throws IOException {
    String key = "3b".repeat(32);
    Files.writeString(keys.resolve("planning"), key);
    try (PredictorProcess guarded =
        PredictorProcess.serving(
            Path.of("samples/flight-delay/flight-delay.pkl"),
            Map.of("API_KEYS_DIR", keys.toString()))) {
      browser.likeDesktop();
      URI page = URI.create(guarded.url() + "/");
      Visit visit = new Visit(browser, page).openForm();
      visit.choose("OPERA", "Grupo LATAM").choose("TIPOVUELO", "I").choose("MES", "12").send();
      assertThat(visit.problem()).contains("Enter your key");

      visit.press("wrong", Keys.ENTER).awaitProblem("does not know that");
      visit.press(Keys.BACK_SPACE.toString().repeat(5), key, Keys.ENTER).awaitVerdict();

      assertThat(visit.verdict()).startsWith("Class: ");
      assertThat(browser.complaints()).allMatch(text -> text.contains("status of 401"));
      new Visit(browser, page).openForm().choose("MES", "12").send();
      assertThat(visit.problem()).contains("Enter your key");
    }
  }
}
