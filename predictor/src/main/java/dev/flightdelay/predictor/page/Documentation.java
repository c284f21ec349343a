package dev.flightdelay.predictor.page;

import dev.flightdelay.predictor.dialect.Pages;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Swagger UI over {@code /openapi.json}, from the class path: it needs no other host. Beside it
 * stands what the page of the model loads, for a policy that allows no code inside of pages.
 */
final class Documentation {

  private static final String SWAGGER_UI = "/META-INF/resources/webjars/swagger-ui/5.32.0/";

  private record Source(String resource, String contentType) {}

  private static final Source INDEX = new Source("docs.html", "text/html; charset=utf-8");

  private static final Map<String, Source> SOURCES =
      Map.of(
          "/docs",
          INDEX,
          "/docs/",
          INDEX,
          "/docs/docs.css",
          new Source("docs.css", "text/css; charset=utf-8"),
          "/docs/page.css",
          new Source("page.css", "text/css; charset=utf-8"),
          "/docs/page.js",
          new Source("page.js", "text/javascript; charset=utf-8"),
          "/docs/docs.js",
          new Source("docs.js", "text/javascript; charset=utf-8"),
          "/docs/swagger-ui.css",
          new Source(SWAGGER_UI + "swagger-ui.css", "text/css; charset=utf-8"),
          "/docs/swagger-ui-bundle.js",
          new Source(SWAGGER_UI + "swagger-ui-bundle.js", "text/javascript; charset=utf-8"));

  private final Map<Source, Pages.Asset> read = new ConcurrentHashMap<>();

  /** The file at a path, which is looked up and never resolved: there is no way out of the list. */
  Optional<Pages.Asset> asset(String path) {
    return Optional.ofNullable(SOURCES.get(path))
        .map(
            source ->
                read.computeIfAbsent(
                    source,
                    it -> new Pages.Asset(it.contentType(), Resource.bytes(it.resource()))));
  }
}
