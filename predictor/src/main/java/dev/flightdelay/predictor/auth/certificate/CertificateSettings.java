package dev.flightdelay.predictor.auth.certificate;

import dev.flightdelay.predictor.auth.scheme.Scheme;
import dev.flightdelay.predictor.auth.scheme.SchemeContext;
import dev.flightdelay.predictor.auth.scheme.SchemeKind;
import dev.flightdelay.predictor.auth.scheme.SchemeSettings;
import dev.flightdelay.predictor.auth.scheme.SecurityScheme;
import dev.flightdelay.predictor.settings.value.Setting;
import dev.flightdelay.predictor.settings.value.SettingException;
import dev.flightdelay.predictor.settings.value.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which client certificates are taken.
 *
 * @param uris those that may call, by the URI in their subjectAltName
 */
public record CertificateSettings(Set<String> uris) implements SchemeSettings {

  private static final Setting URIS =
      new Setting(
          "CLIENT_CERTIFICATE_URIS",
          "client certificates with these URIs may call, as x-forwarded-client-cert says; commas");

  /** Client certificates, of which the proxy in front tells. */
  public static final SchemeKind KIND =
      new SchemeKind(
          List.of(URIS),
          List.of(),
          List.of(
              new SecurityScheme(
                  "clientCertificate",
                  "{\"type\": \"mutualTLS\", \"description\": \"Where a proxy in front checks"
                      + " client certificates.\"}")),
          CertificateSettings::of);

  public CertificateSettings {
    uris = Set.copyOf(uris);
  }

  private static CertificateSettings of(Values values) {
    Set<String> uris =
        Arrays.stream(values.text(URIS).orElseThrow().split(","))
            .map(String::strip)
            .filter(uri -> !uri.isEmpty())
            .collect(Collectors.toSet());
    if (uris.isEmpty()) {
      throw new SettingException("CLIENT_CERTIFICATE_URIS names none; write one that may call");
    }
    return new CertificateSettings(uris);
  }

  @Override
  public String credentials() {
    return "client certificates";
  }

  @Override
  public List<Scheme> schemes(SchemeContext context) {
    return List.of(new ForwardedCertificate(uris, context.callers()));
  }
}
