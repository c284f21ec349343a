package dev.flightdelay.predictor.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.flightdelay.predictor.dialect.Pages;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.ServedModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves one model's pages on a free port of loopback, under the data plane's security policy. */
final class PageServer implements AutoCloseable {

  private static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'";

  private final ServedModel model;
  private final String key;
  private final Pages pages;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  PageServer(ServedModel model) throws IOException {
    this(model, null);
  }

  /**
   * @param key what predictions are to be asked with; null if they are for everybody
   */
  PageServer(ServedModel model, String key) throws IOException {
    this.model = model;
    this.key = key;
    this.pages = new ModelPages(model, List.of());
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Optional<Pages.Asset> asset = pages.asset(path);
      if (asset.isPresent()) {
        send(exchange, 200, asset.get().contentType(), asset.get().bytes());
      } else if (path.equals("/openapi.json")) {
        send(exchange, 200, "application/json", pages.openApi());
      } else if (path.equals("/")) {
        send(exchange, 200, "text/html; charset=utf-8", pages.form());
      } else if (path.equals("/predict") && exchange.getRequestMethod().equals("POST")) {
        predict(exchange, form(new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
      } else {
        send(exchange, 404, "application/json", "{\"error\":\"no such path\"}".getBytes(UTF_8));
      }
    }
  }

  private void predict(HttpExchange exchange, Map<String, String> entered) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (key != null && !("Bearer " + key).equals(authorization)) {
      byte[] error = "{\"error\":\"a key is needed\"}".getBytes(UTF_8);
      send(exchange, 401, "application/json", error);
      return;
    }
    try {
      Rows rows = Rows.of(row(entered));
      byte[] page = pages.answered(entered, rows, model.model().score(rows, true, true));
      send(exchange, 200, "text/html; charset=utf-8", page);
    } catch (IllegalArgumentException e) {
      send(exchange, 400, "text/html; charset=utf-8", pages.refused(entered, e.getMessage()));
    }
  }

  private double[] row(Map<String, String> entered) {
    Features features = model.signature().features();
    double[] row = new double[features.count()];
    for (Field field : Field.of(model.signature())) {
      switch (field) {
        case Field.Number number -> row[number.column()] = number(number.name(), entered);
        case Field.Choice choice -> {
          String chosen = entered.getOrDefault(choice.name(), "");
          if (!chosen.isEmpty()) {
            int category = choice.categories().indexOf(chosen);
            if (category < 0) {
              throw new IllegalArgumentException(
                  "the feature '%s' has no category '%s'".formatted(choice.name(), chosen));
            }
            row[choice.columns().get(category).column()] = 1;
          }
          for (Field.Number column : choice.columns()) {
            if (!entered.getOrDefault(column.name(), "").isEmpty()) {
              row[column.column()] = number(column.name(), entered);
            }
          }
        }
      }
    }
    return row;
  }

  private double number(String name, Map<String, String> entered) {
    String text = entered.getOrDefault(name, "");
    if (text.isEmpty() && model.signature().acceptsMissing()) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the feature '%s' is '%s', which is not a number".formatted(name, text), e);
    }
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : body.split("&")) {
      String[] parts = pair.split("=", 2);
      form.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
    }
    return form;
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
