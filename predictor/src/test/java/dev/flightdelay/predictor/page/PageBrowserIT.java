package dev.flightdelay.predictor.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.ServedModel;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

class PageBrowserIT {

  private static final ServedModel FLIGHTS = LinearSample.flights();

  private static PageServer flights;
  private static PageServer unnamed;
  private static PageServer delays;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.open();
    flights = new PageServer(FLIGHTS);
    unnamed = new PageServer(LinearSample.unnamedFlights());
    delays = new PageServer(LinearSample.delays());
  }

  @AfterAll
  static void stop() {
    for (AutoCloseable each : new AutoCloseable[] {browser, flights, unnamed, delays}) {
      close(each);
    }
  }

  @BeforeEach
  void desktop() {
    browser.likeDesktop();
    browser.requested();
    browser.complaints();
  }

  @AfterEach
  void askedNobodyElseAndHadNothingToComplain() {
    assertThat(browser.complaints()).filteredOn(text -> !text.contains("status of 400")).isEmpty();
    assertThat(browser.requested())
        .isNotEmpty()
        .allMatch(url -> url.startsWith("http://127.0.0.1:"));
  }

  @Test
  void answersWhatWasChosenByMouse() {
    Visit visit = visit(flights).openForm();

    visit.choose("OPERA", "Grupo LATAM").choose("TIPOVUELO", "N").choose("MES", "12").send();

    Scores scores = scores(3, 24, 36);
    assertThat(visit.verdict()).isEqualTo("Class: " + scores.labels()[0]);
    assertThat(visit.bars("probabilities"))
        .hasSize(2)
        .last()
        .asString()
        .contains(Decimal.percent(scores.probabilities()[1]));
    assertThat(visit.bars("terms")).hasSize(3).anyMatch(bar -> bar.contains("OPERA_Grupo LATAM"));
    assertThat(visit.value("OPERA")).isEqualTo("Grupo LATAM");
  }

  @Test
  void answersWhatWasTypedByKeyboardAlone() {
    Visit visit = visit(flights).openForm();

    visit
        .focus("OPERA")
        .press("Grupo")
        .press(Keys.TAB, Keys.TAB)
        .press("N")
        .press(Keys.TAB, Keys.TAB)
        .press("7");
    assertThat(visit.focused()).isEqualTo("MES");
    visit.press(Keys.chord(Keys.SHIFT, Keys.TAB)).press(Keys.ENTER);
    visit.send();

    assertThat(visit.verdict()).isEqualTo("Class: " + scores(3, 24, 31).labels()[0]);
  }

  @Test
  void sendsByEnterInNumberField() {
    Visit visit = visit(unnamed).openForm().click("zeros").enter("var4", "1").enter("var37", "1");

    visit.sendFrom("var37");

    assertThat(visit.verdict()).isEqualTo("Class: " + scores(3, 36).labels()[0]);
    assertThat(visit.value("var4")).isEqualTo("1");
    assertThat(visit.value("var5")).isEqualTo("0");
  }

  @Test
  void goesToFieldThatWasNotUnderstood() {
    Visit visit = visit(unnamed).openForm().click("zeros").enter("var12", "twelve");

    visit.sendFrom("var12");

    assertThat(visit.problem()).contains("'var12'", "'twelve'");
    assertThat(visit.markedInvalid()).containsExactly("var12");
    assertThat(visit.focused()).isEqualTo("var12");
    assertThat(visit.value("var12")).isEqualTo("twelve");
  }

  @Test
  void fillsInRandomExampleAndClearsIt() {
    Visit visit = visit(delays).openForm();

    visit.click("random").send();

    assertThat(visit.verdict()).matches("Value: -?[0-9.]+");
    assertThat(visit.bars("terms")).hasSize(8);
    visit.click("clear");
    assertThat(visit.value("var1")).isEmpty();
  }

  @Test
  void asksForKeyWhereOneIsNeeded() throws IOException {
    try (PageServer guarded = new PageServer(FLIGHTS, "open sesame")) {
      Visit visit = visit(guarded).openForm().choose("MES", "7").send();
      assertThat(visit.problem()).contains("Enter your key or password");

      visit.press("open", Keys.SPACE, "sesame", Keys.ENTER).awaitVerdict();

      assertThat(visit.verdict()).isEqualTo("Class: " + scores(31).labels()[0]);
      assertThat(browser.complaints()).allMatch(text -> text.contains("status of 401"));
    }
  }

  @Test
  void worksWithoutScript() {
    try (Browser plain = Browser.withoutScript()) {
      Visit visit = new Visit(plain, flights.address()).openForm();
      assertThat(plain.driver().findElement(By.id("random")).isDisplayed()).isFalse();

      visit.choose("OPERA", "Grupo LATAM").choose("TIPOVUELO", "N").choose("MES", "12").send();

      assertThat(visit.verdict()).isEqualTo("Class: " + scores(3, 24, 36).labels()[0]);
      assertThat(visit.value("OPERA")).isEqualTo("Grupo LATAM");
      assertThat(plain.driver().getCurrentUrl()).endsWith("/predict");
    }
    visit(flights).openForm();
  }

  @Test
  void fitsPhone() {
    try (Browser phone = Browser.open()) {
      phone.likePhone();
      for (PageServer server : List.of(flights, unnamed, delays)) {
        Visit visit = new Visit(phone, server.address()).openForm();
        assertThat(visit.scrollsSideways()).isFalse();

        visit.click("random").send();

        assertThat(visit.scrollsSideways()).isFalse();
      }
    }
    visit(flights).openForm();
  }

  @Test
  void takesColumnsOfGroupAsNumbers() {
    Visit visit = visit(flights).openForm().choose("MES", "7");

    visit.open("MES").enter("MES_7", "0").enter("MES_8", "1").sendFrom("MES_8");

    assertThat(visit.bars("terms")).hasSize(1).first().asString().startsWith("MES_8 = 1");
    assertThat(visit.value("MES_8")).isEqualTo("1");
  }

  @Test
  void showsHostileNamesAsText() throws IOException {
    String attack = "\"><script>document.title='taken'</script><img src=x onerror=alert(1)>";
    ServedModel hostile =
        LinearSample.airports(
            Features.named(List.of(attack, "g_" + attack, "g_b")), List.of(attack, "b", "c"));
    try (PageServer server = new PageServer(hostile)) {
      Visit visit = visit(server).openForm().choose("g", attack).enter(attack, attack).send();

      assertThat(visit.problem()).contains(attack);
      visit.enter(attack, "0.5").press(Keys.ENTER);
      visit.awaitVerdict();

      assertThat(browser.driver().getTitle()).isEqualTo("airports v1 · LogisticRegression");
      assertThat(browser.driver().findElements(By.cssSelector("script"))).hasSize(1);
      assertThat(browser.driver().findElements(By.cssSelector("img"))).isEmpty();
      assertThat(visit.value("g")).isEqualTo(attack);
    }
  }

  @Test
  void labelsEverythingThatTakesInput() {
    assertThat(visit(flights).openForm().unlabelled()).isEmpty();
    assertThat(visit(delays).openForm().unlabelled()).isEmpty();
  }

  @Test
  void drawsDocumentationUnderThePagesPolicy() {
    visit(flights).openDocs();

    assertThat(browser.driver().findElements(By.cssSelector(".opblock"))).hasSizeGreaterThan(18);
    assertThat(browser.driver().findElement(By.cssSelector("#docs .title")).getText())
        .contains("flights");
  }

  @Test
  void triesCallsFromDocumentation() {
    Visit visit = visit(flights).openDocs();

    assertThat(visit.tryOut("openApi")).isEqualTo("200");
  }

  private static Visit visit(PageServer server) {
    return new Visit(browser, server.address());
  }

  /** What the flights' model gives for a row of zeros with ones in the given columns. */
  private static Scores scores(int... ones) {
    double[] row = new double[37];
    for (int one : ones) {
      row[one] = 1;
    }
    return FLIGHTS.model().score(Rows.of(row), true, true);
  }

  private static void close(AutoCloseable each) {
    try {
      if (each != null) {
        each.close();
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
