package dev.flightdelay.predictor.auth.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An issuer of tokens: real keys, published by a web server on loopback, which may go away. */
final class Issuer implements AutoCloseable {

  static final String NAME = "https://issuer.example.com";
  static final String AUDIENCE = "flight-delay";

  private final int port;
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile String published;
  private HttpServer server;

  Issuer(JWK... keys) {
    publish(keys);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    port = server.getAddress().getPort();
    serve();
  }

  static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static ECKey ec(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  Issuer publish(JWK... keys) {
    return publish(new JWKSet(List.of(keys)).toString(true));
  }

  Issuer publish(String text) {
    published = text;
    return this;
  }

  String keysUri() {
    return "http://127.0.0.1:" + port + "/keys";
  }

  /** How often somebody asked for the keys. */
  int fetches() {
    return fetches.get();
  }

  void goAway() {
    server.stop(0);
  }

  void comeBack() {
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    serve();
  }

  private void serve() {
    server.createContext(
        "/keys",
        exchange -> {
          fetches.incrementAndGet();
          byte[] body = published.getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
  }

  Map<String, String> environment() {
    return Map.of(
        "JWT_ISSUER",
        NAME,
        "JWT_JWKS_URI",
        keysUri(),
        "JWT_AUDIENCES",
        "other," + AUDIENCE,
        "JWT_ALLOWED",
        "[{\"claim\":\"groups\",\"values\":[\"planners\",\"operations\"]}]",
        "MODEL_ALLOWED_HOSTS",
        "127.0.0.1:" + port);
  }

  /** The claims of a caller who may ask. */
  static JWTClaimsSet.Builder claims() {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(NAME)
        .audience(AUDIENCE)
        .subject("timetable")
        .claim("groups", List.of("guests", "planners"))
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)));
  }

  static String token(JWK key) {
    return token(key, claims());
  }

  static String token(JWK key, JWTClaimsSet.Builder claims) {
    return token(key, claims, header -> header);
  }

  static String token(
      JWK key, JWTClaimsSet.Builder claims, UnaryOperator<JWSHeader.Builder> header) {
    try {
      JWSAlgorithm algorithm = key instanceof RSAKey ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256;
      SignedJWT jwt =
          new SignedJWT(
              header.apply(new JWSHeader.Builder(algorithm).keyID(key.getKeyID())).build(),
              claims.build());
      jwt.sign(key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner((ECKey) key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
