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
public final class Visit {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Browser browser;
  private final URI predictor;

  /**
   * @param predictor its address, ending in a slash
   */
  public Visit(Browser browser, URI predictor) {
    this.browser = browser;
    this.predictor = predictor;
  }

  public Visit openForm() {
    browser.driver().get(predictor.toString());
    return this;
  }

  public Visit openDocs() {
    browser.driver().get(predictor.resolve("docs").toString());
    new WebDriverWait(browser.driver(), PATIENCE)
        .until(driver -> !driver.findElements(By.cssSelector(".opblock")).isEmpty());
    return this;
  }

  public Visit focus(String name) {
    browser.driver().executeScript("arguments[0].focus()", field(name));
    return this;
  }

  /** Presses keys wherever the focus is. */
  public Visit press(CharSequence... keys) {
    new Actions(browser.driver()).sendKeys(keys).perform();
    return this;
  }

  public Visit enter(String name, String value) {
    WebElement field = field(name);
    field.clear();
    field.sendKeys(value);
    return this;
  }

  public Visit choose(String group, String category) {
    new Select(field(group)).selectByValue(category);
    return this;
  }

  /** Opens the numbers of a group's columns. */
  public Visit open(String group) {
    field(group).findElement(By.xpath("following-sibling::details/summary")).click();
    return this;
  }

  public Visit click(String id) {
    browser.driver().findElement(By.id(id)).click();
    return this;
  }

  /** Sends by Enter, as a person does who is in a field; returns when the answer is there. */
  public Visit sendFrom(String name) {
    field(name).sendKeys(Keys.ENTER);
    return awaitAnswer();
  }

  public Visit send() {
    browser.driver().findElement(By.cssSelector("#form [type=submit]")).click();
    return awaitAnswer();
  }

  public Visit awaitAnswer() {
    new WebDriverWait(browser.driver(), PATIENCE)
        .until(
            driver ->
                !driver
                    .findElements(
                        By.cssSelector(
                            "#answer:not([aria-busy]) .verdict strong,"
                                + " #answer:not([aria-busy]) .problem"))
                    .isEmpty());
    return this;
  }

  public Visit awaitVerdict() {
    new WebDriverWait(browser.driver(), PATIENCE)
        .until(driver -> !driver.findElements(By.cssSelector("#answer .verdict strong")).isEmpty());
    return this;
  }

  public Visit awaitProblem(String part) {
    new WebDriverWait(browser.driver(), PATIENCE).until(driver -> problem().contains(part));
    return this;
  }

  /** Executes a call from the documentation and gives the status of its response. */
  public String tryOut(String operation) {
    WebDriverWait wait = new WebDriverWait(browser.driver(), PATIENCE);
    By block = By.cssSelector("[id$='-" + operation + "']");
    browser.driver().findElement(block).findElement(By.cssSelector("button")).click();
    By execute = By.cssSelector("[id$='-" + operation + "'] .execute");
    wait.until(driver -> driver.findElement(execute).isDisplayed());
    browser.driver().executeScript("arguments[0].click()", browser.driver().findElement(execute));
    By status =
        By.cssSelector("[id$='-" + operation + "'] .live-responses-table .response-col_status");
    wait.until(driver -> driver.findElements(status).size() > 1);
    return browser.driver().findElements(status).getLast().getText().strip();
  }

  public String verdict() {
    return text("#answer .verdict strong");
  }

  public String problem() {
    return text("#answer .problem p");
  }

  /** The bars' names and numbers in a part of the answer. */
  public List<String> bars(String part) {
    return browser.driver().findElements(By.cssSelector("#" + part + " li")).stream()
        .map(WebElement::getText)
        .toList();
  }

  public String value(String name) {
    return field(name).getDomProperty("value");
  }

  /** The name of the field that has the focus; empty where none has. */
  public String focused() {
    String name = browser.driver().switchTo().activeElement().getDomAttribute("name");
    return name == null ? "" : name;
  }

  public List<String> markedInvalid() {
    return browser.driver().findElements(By.cssSelector("[aria-invalid=true]")).stream()
        .map(field -> field.getDomAttribute("name"))
        .toList();
  }

  public boolean scrollsSideways() {
    return (boolean)
        browser
            .driver()
            .executeScript(
                "const d = document.documentElement; return d.scrollWidth > d.clientWidth"
                    + " || document.body.scrollWidth > d.clientWidth");
  }

  /** Fields and buttons without a label that assistive technology would say. */
  public List<WebElement> unlabelled() {
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

  /** Found and read in one step: the page may replace an answer between two. */
  private String text(String selector) {
    Object text =
        browser
            .driver()
            .executeScript(
                "return document.querySelector(arguments[0])?.innerText.trim()", selector);
    if (text == null) {
      throw new AssertionError("the page has no " + selector);
    }
    return (String) text;
  }
}
