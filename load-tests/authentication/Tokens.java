import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/**
 * Makes an issuer's keys and tokens that are all different: keys.json, rs256.txt and es256.txt, one
 * header line a token. Run with the predictor's jar on the class path: FOLDER COUNT ISSUER AUDIENCE.
 */
class Tokens {

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    var rsa = new RSAKeyGenerator(2048).keyID("rsa-2026-11").generate();
    var ec = new ECKeyGenerator(Curve.P_256).keyID("ec-2026-11").generate();
    Files.writeString(
        folder.resolve("keys.json"),
        new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK())).toString(true));
    write(folder.resolve("rs256.txt"), JWSAlgorithm.RS256, rsa.getKeyID(), new RSASSASigner(rsa), count, arguments);
    write(folder.resolve("es256.txt"), JWSAlgorithm.ES256, ec.getKeyID(), new ECDSASigner(ec), count, arguments);
  }

  private static void write(
      Path file, JWSAlgorithm algorithm, String key, JWSSigner signer, int count, String[] arguments)
      throws Exception {
    Instant now = Instant.now();
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < count; i++) {
        SignedJWT token =
            new SignedJWT(
                new JWSHeader.Builder(algorithm).keyID(key).build(),
                new JWTClaimsSet.Builder()
                    .issuer(arguments[2])
                    .audience(arguments[3])
                    .subject("timetable")
                    .claim("groups", List.of("planners", "operations"))
                    .jwtID("%08d-3b0c-4f8e-9a55-7c1f5a0e6d21".formatted(i))
                    .issueTime(Date.from(now))
                    .expirationTime(Date.from(now.plusSeconds(3600)))
                    .build());
        token.sign(signer);
        out.write("Authorization: Bearer " + token.serialize() + "\n");
      }
    }
  }
}
