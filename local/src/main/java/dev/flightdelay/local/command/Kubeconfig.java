package dev.flightdelay.local.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that kubectl and the operator find the API by. */
final class Kubeconfig {

  private Kubeconfig() {}

  static Path write(Path folder, String url) {
    Path file = folder.resolve("kubeconfig");
    try {
      return Files.writeString(
          file,
          """
          apiVersion: v1
          kind: Config
          clusters:
            - name: local
              cluster: {server: "%s"}
          users:
            - name: local
              user: {}
          contexts:
            - name: local
              context: {cluster: local, user: local, namespace: %s}
          current-context: local
          """
              .formatted(url, OperatorProcess.NAMESPACE));
    } catch (IOException e) {
      throw new LocalException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
