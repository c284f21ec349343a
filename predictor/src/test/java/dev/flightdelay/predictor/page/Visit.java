package dev.flightdelay.predictor.page;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** What a person does on the pages of a predictor, wherever that runs. */
final class Visit {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Browser browser;
  private final URI predictor;

  /**
   * @param predictor its address, ending in a slash
   */
  Visit(Browser browser, URI predictor) {
    this.browser = browser;
    this.predictor = predictor;
  }

  Visit openForm() {
    browser.driver().get(predictor.toString());
    return this;
  }

  Visit openDocs() {
    browser.driver().get(predictor.resolve("docs").toString());
    new WebDriverWait(browser.driver(), PATIENCE)
        .until(driver -> !driver.findElements(By.cssSelector(".opblock")).isEmpty());
    return this;
  }

  Visit focus(String name) {
    browser.driver().executeScript("arguments[0].focus()", field(name));
    return this;
  }

  /** Presses keys wherever the focus is. */
  Visit press(CharSequence... keys) {
    new Actions(browser.driver()).sendKeys(keys).perform();
    return this;
  }

  Visit enter(String name, String value) {
    WebElement field = field(name);
    field.clear();
    field.sendKeys(value);
    return this;
  }

  Visit choose(String group, String category) {
    new Select(field(group)).selectByValue(category);
    return this;
  }

  Visit click(String id) {
    browser.driver().findElement(By.id(id)).click();
    return this;
  }

  /** Sends by Enter, as a person does who is in a field; returns when the answer is there. */
  Visit sendFrom(String name) {
    field(name).sendKeys(Keys.ENTER);
    return awaitAnswer();
  }

  Visit send() {
    browser.driver().findElement(By.cssSelector("#form [type=submit]")).click();
    return awaitAnswer();
  }

  Visit awaitAnswer() {
    new WebDriverWait(browser.driver(), PATIENCE)
        .until(
            driver ->
                !driver
                    .findElements(By.cssSelector("#answer .verdict strong, #answer .problem"))
                    .isEmpty());
    return this;
  }

  String verdict() {
    return text("#answer .verdict strong");
  }

  String problem() {
    return text("#answer .problem p");
  }

  /** The bars' names and numbers in a part of the answer. */
  List<String> bars(String part) {
    return browser.driver().findElements(By.cssSelector("#" + part + " li")).stream()
        .map(WebElement::getText)
        .toList();
  }

  String value(String name) {
    return field(name).getDomProperty("value");
  }

  /** The name of the field that has the focus; empty where none has. */
  String focused() {
    String name = browser.driver().switchTo().activeElement().getDomAttribute("name");
    return name == null ? "" : name;
  }

  List<String> markedInvalid() {
    return browser.driver().findElements(By.cssSelector("[aria-invalid=true]")).stream()
        .map(field -> field.getDomAttribute("name"))
        .toList();
  }

  boolean scrollsSideways() {
    return (boolean)
        browser
            .driver()
            .executeScript(
                "const d = document.documentElement; return d.scrollWidth > d.clientWidth"
                    + " || document.body.scrollWidth > d.clientWidth");
  }

  /** Fields and buttons without a label that assistive technology would say. */
  List<WebElement> unlabelled() {
    return browser.driver().findElements(By.cssSelector("input, select, button")).stream()
        .filter(WebElement::isDisplayed)
        .filter(element -> element.getAccessibleName().isBlank())
        .toList();
  }

  private WebElement field(String name) {
    return browser.driver().findElements(By.cssSelector("#form [name]")).stream()
        .filter(field -> name.equals(field.getDomAttribute("name")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the form has no field " + name));
  }

  private String text(String selector) {
    return browser.driver().findElement(By.cssSelector(selector)).getText();
  }
}
