package dev.flightdelay.predictor.auth.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An issuer's public keys that sign tokens, RSA and P-256, by their id. Immutable. */
final class IssuerKeys {

  private static final int MAX_KEYS = 100;
  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 8192;

  /** A key does one algorithm only: a token cannot choose another for it. */
  private record Key(JWSAlgorithm algorithm, JWSVerifier verifier) {}

  private final Map<String, List<Key>> byId;
  private final Set<JWK> published;

  private IssuerKeys(Map<String, List<Key>> byId, Set<JWK> published) {
    this.byId = byId;
    this.published = published;
  }

  /**
   * Reads a JWK set. Keys that could not check a token are passed over.
   *
   * @throws ParseException if it is none, or has no key that is of use
   */
  static IssuerKeys parse(String json) throws ParseException {
    JWKSet set = JWKSet.parse(json);
    if (set.size() > MAX_KEYS) {
      throw new ParseException("there are more than " + MAX_KEYS + " keys", 0);
    }
    Map<String, List<Key>> byId = new HashMap<>();
    Set<JWK> published = new HashSet<>();
    for (JWK jwk : set.getKeys()) {
      Key key = usable(jwk);
      if (key != null) {
        byId.computeIfAbsent(jwk.getKeyID(), id -> new ArrayList<>()).add(key);
        published.add(jwk);
      }
    }
    if (byId.isEmpty()) {
      throw new ParseException(
          "there is no RSA key of 2048 bits or more and no P-256 key that has an id (kid) and"
              + " signs",
          0);
    }
    return new IssuerKeys(byId, published);
  }

  private static Key usable(JWK jwk) {
    boolean signs = jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE);
    if (jwk.getKeyID() == null || !signs) {
      return null;
    }
    try {
      return switch (jwk) {
        case RSAKey rsa
            when rsa.size() >= MIN_RSA_BITS
                && rsa.size() <= MAX_RSA_BITS
                && isFor(jwk, JWSAlgorithm.RS256) ->
            new Key(JWSAlgorithm.RS256, new RSASSAVerifier(rsa.toRSAPublicKey()));
        case ECKey ec when ec.getCurve().equals(Curve.P_256) && isFor(jwk, JWSAlgorithm.ES256) ->
            new Key(JWSAlgorithm.ES256, new ECDSAVerifier(ec.toECPublicKey()));
        default -> null;
      };
    } catch (JOSEException unusable) {
      return null;
    }
  }

  private static boolean isFor(JWK jwk, JWSAlgorithm algorithm) {
    return jwk.getAlgorithm() == null || jwk.getAlgorithm().equals(algorithm);
  }

  boolean knows(String id) {
    return byId.containsKey(id);
  }

  /** Whether a key of that id and that algorithm made the signature. */
  boolean verify(JWSHeader header, byte[] signed, Base64URL signature) {
    for (Key key : byId.getOrDefault(header.getKeyID(), List.of())) {
      try {
        if (key.algorithm().equals(header.getAlgorithm())
            && key.verifier().verify(header, signed, signature)) {
          return true;
        }
      } catch (JOSEException malformed) {
        // No signature of this key; another one of the same id may have made it.
      }
    }
    return false;
  }

  int size() {
    return published.size();
  }

  /** Whether it is the same keys. */
  boolean same(IssuerKeys other) {
    return other != null && published.equals(other.published);
  }
}
