/** JSON Web Tokens (RFC 7519) of one issuer, verified with the keys that it publishes (JWK set). */
package dev.flightdelay.predictor.auth.jwt;
