package dev.flightdelay.predictor.serve;

import dev.flightdelay.predictor.auth.AuthenticationSettings;
import dev.flightdelay.predictor.auth.scheme.SchemeSettings;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.ServedModel;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.settings.PredictorSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The one line that a predictor prints when it serves. */
final class StartLine {

  private static final int SHOWN = 10;

  private StartLine() {}

  static String of(
      ServedModel model,
      boolean verified,
      InetSocketAddress address,
      PredictorSettings settings,
      Duration took) {
    Signature signature = model.signature();
    return "serving %s %s: %s (%s), %d features%s, sha256 %s%s, to %s, on %s, management on port %d, after %d ms"
        .formatted(
            model.name(),
            model.version(),
            signature.estimator(),
            signature.library() + signature.libraryVersion().map(v -> " " + v).orElse(""),
            signature.features().count(),
            signature.labels().map(labels -> ", classes " + classes(labels)).orElse(""),
            model.sha256(),
            verified ? "" : " (not checked: MODEL_SHA256 is not set)",
            callers(settings.authentication()),
            url(address),
            settings.managementPort(),
            took.toMillis());
  }

  /** To click at: what listens everywhere does on this machine too. */
  private static String url(InetSocketAddress address) {
    String host = address.getHostString();
    String shown =
        address.getAddress() != null && address.getAddress().isAnyLocalAddress()
            ? "localhost"
            : host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return "http://%s:%d/".formatted(shown, address.getPort());
  }

  private static String callers(AuthenticationSettings authentication) {
    return authentication.schemes().isEmpty()
        ? "everybody"
        : authentication.schemes().stream()
            .map(SchemeSettings::credentials)
            .collect(Collectors.joining(" or ", "callers with ", ""));
  }

  private static String classes(Labels labels) {
    return IntStream.range(0, Math.min(SHOWN, labels.size()))
            .mapToObj(labels::text)
            .map(text -> text.replaceAll("\\p{Cntrl}", "?"))
            .collect(Collectors.joining(" "))
        + (labels.size() > SHOWN ? " .. (%d)".formatted(labels.size()) : "");
  }
}
