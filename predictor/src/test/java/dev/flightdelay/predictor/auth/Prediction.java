package dev.flightdelay.predictor.auth;

import dev.flightdelay.predictor.PredictorProcess;
import dev.flightdelay.predictor.dataplane.RawConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/** Asks for a prediction with exactly these header lines. */
public final class Prediction {

  public static final Path MODEL = Path.of("samples/flight-delay/flight-delay.pkl");
  private static final String BODY =
      "{\"instances\":[{\"OPERA\":\"Grupo LATAM\",\"TIPOVUELO\":\"I\",\"MES\":12}]}";

  private Prediction() {}

  public static RawConnection.Reply ask(PredictorProcess predictor, String... headers) {
    return post(predictor, "/v1/models/flight-delay:predict", BODY, headers);
  }

  public static RawConnection.Reply post(
      PredictorProcess predictor, String path, String body, String... headers) {
    StringBuilder request = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: a\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    request.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
    try (RawConnection connection = new RawConnection(predictor.port())) {
      return connection.send(request.toString()).reply();
    }
  }

  public static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }

  public static String basic(String user, String password) {
    return basic((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  public static String basic(byte[] pair) {
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
