package dev.flightdelay.predictor.auth.jwt;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Whose tokens are taken.
 *
 * @param issuer what the claim iss must be
 * @param jwksUri where the issuer's public keys are
 * @param audiences one of which must be in the claim aud
 * @param allowed claims that a token must have, all of them; empty for every token of the issuer
 */
public record JwtSettings(
    String issuer, String jwksUri, List<String> audiences, List<AllowedClaim> allowed) {

  public JwtSettings {
    requireNonNull(issuer);
    requireNonNull(jwksUri);
    audiences = List.copyOf(audiences);
    allowed = List.copyOf(allowed);
  }
}
