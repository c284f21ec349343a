package dev.flightdelay.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CacheAuditTest {

  @Test
  void aCacheThatIsAheadOfTheListHasLostNothing() {
    assertThat(CacheAudit.isNewer("1000", "999")).isTrue();
    assertThat(CacheAudit.isNewer("123456789012345678901", "123456789012345678900")).isTrue();
  }

  @Test
  void oneThatIsBehindOrHasNothingMayHave() {
    assertThat(CacheAudit.isNewer("999", "1000")).isFalse();
    assertThat(CacheAudit.isNewer("", "1000")).isFalse();
    assertThat(CacheAudit.isNewer("1000", null)).isFalse();
  }

  @Test
  void versionsThatAreNoNumbersAreOnlyEqualOrNot() {
    assertThat(CacheAudit.isNewer("b", "a")).isFalse();
  }
}
