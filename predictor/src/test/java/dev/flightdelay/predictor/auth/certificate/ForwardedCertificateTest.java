package dev.flightdelay.predictor.auth.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.flightdelay.predictor.auth.Authentication;
import dev.flightdelay.predictor.auth.AuthenticationSettings;
import dev.flightdelay.predictor.auth.caller.Caller;
import dev.flightdelay.predictor.auth.caller.Callers;
import dev.flightdelay.predictor.auth.caller.Rejection;
import dev.flightdelay.predictor.auth.caller.Verdict;
import dev.flightdelay.predictor.auth.scheme.CredentialHasher;
import dev.flightdelay.predictor.auth.scheme.Credentials;
import dev.flightdelay.predictor.auth.scheme.LastToken;
import dev.flightdelay.predictor.network.AllowedHosts;
import dev.flightdelay.predictor.settings.PredictorSettings;
import dev.flightdelay.predictor.settings.value.SettingException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedCertificateTest {

  private static final String ALLOWED = "spiffe://flights/scheduler";

  private static Verdict check(String header) {
    AuthenticationSettings settings =
        PredictorSettings.of(
                List.of("--model=m.pkl", "--client-certificate-uris=" + ALLOWED + ", spiffe://b"),
                Map.of())
            .authentication();
    try (Authentication authentication =
        Authentication.of(settings, AllowedHosts.parse(""), new Callers(OptionalInt.empty()))) {
      Credentials credentials = new Credentials(authentication.headers());
      if (header != null) {
        credentials.add(authentication.headers().indexOf(ForwardedCertificate.HEADER), header);
      }
      return authentication.check(credentials, new CredentialHasher(), new LastToken());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "URI=" + ALLOWED,
        "By=spiffe://flights/predictor;Hash=0a;Subject=\"CN=a,O=\\\"b;c\\\"\";URI=" + ALLOWED,
        "URI=spiffe://other,By=x;uri=" + ALLOWED + ";DNS=a.example"
      })
  void knowsTheCertificateThatTheNearestProxyTellsOf(String header) {
    assertThat(check(header)).isInstanceOf(Caller.class);
    assertThat(((Caller) check(header)).name()).isEqualTo(ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "URI=spiffe://other",
        "URI=" + ALLOWED + ",URI=spiffe://other",
        "URI=" + ALLOWED + "x",
        "URI=" + ALLOWED + " ;"
      })
  void refusesOthers(String header) {
    assertThat(check(header)).isEqualTo(Rejection.NOT_ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Hash=0a",
        "URI=" + ALLOWED + ",Hash=0a",
        "Subject=\"URI=" + ALLOWED,
        "Subject=\";URI=" + ALLOWED + "\""
      })
  void knowsNobodyByWhatHasNoUri(String header) {
    assertThat(check(header)).isInstanceOf(Rejection.class).isNotEqualTo(Rejection.NOT_ALLOWED);
  }

  @Test
  void saysWhatToSendWhereNothingIsPresented() {
    assertThat(((Rejection) check(null)).message()).contains("x-forwarded-client-cert: URI=");
  }

  @Test
  void refusesSettingsThatNameNone() {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(
            () ->
                PredictorSettings.of(
                    List.of("--model=m.pkl"), Map.of("CLIENT_CERTIFICATE_URIS", ",")))
        .withMessageContaining("CLIENT_CERTIFICATE_URIS names none");
  }
}
