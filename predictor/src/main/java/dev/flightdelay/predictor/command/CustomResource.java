package dev.flightdelay.predictor.command;

import dev.flightdelay.predictor.source.FetchedModel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** The FlightDelayModel to paste: everything but where the file was uploaded to. */
final class CustomResource {

  private static final int MAX_NAME = 40;

  private CustomResource() {}

  static void write(Path path, FetchedModel file, String entry, OutputStream out) {
    String fileName = path.getFileName().toString();
    String yaml =
        """
        apiVersion: flightdelay.dev/v1alpha1
        kind: FlightDelayModel
        metadata:
          name: %s
        spec:
          versions:
          - name: v1
            model:
              # Upload the file and write its place here; s3:// and https:// work too.
              uri: gs://YOUR-BUCKET/%s
              sha256: %s
        %s%s    traffic: 100
          expose:
            type: Ingress
            host: %s.example.com
        """
            .formatted(
                name(fileName),
                fileName.replaceAll("[^A-Za-z0-9._-]", "-"),
                file.sha256(),
                entry.isEmpty() ? "" : "      entry: " + quoted(entry) + "\n",
                maxSize(file.size()),
                name(fileName));
    try {
      out.write(yaml.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The resource's default of 64Mi is enough for most; a larger file says so. */
  private static String maxSize(long size) {
    long mebibytes = (size >> 20) + 1;
    return mebibytes <= 64 ? "" : "      maxSize: %dMi%n".formatted(mebibytes);
  }

  private static String name(String fileName) {
    int dot = fileName.indexOf('.');
    String name =
        (dot > 0 ? fileName.substring(0, dot) : fileName)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^[^a-z]+", "");
    name = name.substring(0, Math.min(name.length(), MAX_NAME)).replaceAll("-+$", "");
    return name.isEmpty() ? "model" : name;
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''").replaceAll("\\p{Cntrl}", "") + "'";
  }
}
