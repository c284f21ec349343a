package dev.flightdelay.predictor.auth.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.unboundid.ldap.sdk.DN;
import dev.flightdelay.predictor.auth.scheme.AuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindNameTest {

  private final BindName name = new BindName("uid={0}+c=x,ou=people,dc=example,dc=com");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ana",
        "ana,ou=machines",
        "ana+cn=x",
        "ana\\",
        "\\2c",
        "\"",
        "#0401",
        "*",
        "a=b;c<d>e",
        " ana ",
        "Jos\u00e9",
        "{0}",
        "ana\nx"
      })
  void staysOneValueWhateverIsInIt(String user) throws Exception {
    DN dn = new DN(name.of(user).toString());

    assertThat(dn.getRDNs()).hasSize(4);
    assertThat(dn.getRDNs()[0].getAttributeValues()).containsExactlyInAnyOrder(user, "x");
    assertThat(dn.getParent()).isEqualTo(new DN("ou=people,dc=example,dc=com"));
  }

  @Test
  void isTheSameForSpellingsThatAreOneName() {
    assertThat(name.of("ANA").toNormalizedString()).isEqualTo(name.of("ana").toNormalizedString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"people", "uid=ana,dc=x", "{0}=x,dc=x", "uid={0},,"})
  void refusesTemplateThatIsNone(String template) {
    assertThatExceptionOfType(AuthenticationException.class)
        .isThrownBy(() -> new BindName(template))
        .withMessageContaining("LDAP_BIND_DN");
  }
}
