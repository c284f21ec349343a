package dev.flightdelay.predictor.source.store;

import dev.flightdelay.predictor.network.HttpAddress;
import dev.flightdelay.predictor.network.UriText;
import dev.flightdelay.predictor.source.HttpSource;
import dev.flightdelay.predictor.source.ModelFetchException;
import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import dev.flightdelay.predictor.source.ModelSource;
import java.net.URI;
import java.util.Locale;

/** The address of a store other than its vendor's own. */
record Endpoint(URI uri) {

  /**
   * @param text such as {@code http://minio.storage.svc:9000}; without a scheme it is http, as
   *     STORAGE_EMULATOR_HOST is written
   * @param setting what says so, for the sentence
   */
  static Endpoint of(String text, String setting) {
    String uri = text.contains("://") ? text : "http://" + text;
    try {
      if (ModelSource.parse(uri) instanceof HttpSource source
          && source.uri().getRawQuery() == null
          && source.uri().getRawFragment() == null) {
        return new Endpoint(source.uri());
      }
    } catch (ModelFetchException e) {
      throw invalid(uri, setting, e);
    }
    throw invalid(uri, setting, null);
  }

  private static ModelFetchException invalid(String uri, String setting, Throwable cause) {
    return new ModelFetchException(
        Reason.INVALID_SETTINGS,
        setting
            + " is "
            + UriText.shown(uri)
            + "; it is written as https://host or http://host:port",
        cause);
  }

  String host() {
    return uri.getHost().toLowerCase(Locale.ROOT);
  }

  int port() {
    return HttpAddress.port(uri);
  }
}
