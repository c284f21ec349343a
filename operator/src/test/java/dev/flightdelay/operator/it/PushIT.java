package dev.flightdelay.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.ModelVersion;
import dev.flightdelay.operator.cluster.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of one's own on a cluster by one command: what the API server takes of it. */
class PushIT {

  private static final Path CRDS = Path.of("..", "crds").toAbsolutePath().normalize();
  private static final Path SAMPLES = Path.of("..", "predictor", "samples", "flight-delay");

  private record Ended(int code, String output) {}

  @TempDir Path folder;

  private ApiServer api;
  private String namespace;
  private Path file;

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "kubectl"))),
        "kubectl is not installed");
    api = ApiServer.shared();
    namespace = api.newNamespace("push");
    file = folder.resolve("My delays.joblib");
    Files.copy(SAMPLES.resolve("flight-delay.pkl"), file);
  }

  @Test
  void pushesAFileAndAnotherContentAsAnotherVersion() throws IOException {
    Ended first = push(file.toString(), "--host", "delays.example.com");

    assertThat(first.code).as(first.output).isZero();
    FlightDelayModel model = model("my-delays");
    assertThat(model.getSpec().expose().host()).isEqualTo("delays.example.com");
    assertThat(served(model)).isEqualTo(Files.readAllBytes(file));

    Ended again = push(file.toString(), "--host=delays.example.com");

    assertThat(again.code).as(again.output).isZero();
    assertThat(model("my-delays").getMetadata().getResourceVersion())
        .isEqualTo(model.getMetadata().getResourceVersion());

    Files.copy(SAMPLES.resolve("flight-delay-v2.pkl"), file, StandardCopyOption.REPLACE_EXISTING);
    Ended changed = push(file.toString(), "--host=delays.example.com");

    assertThat(changed.code).as(changed.output).isZero();
    assertThat(served(model("my-delays"))).isEqualTo(Files.readAllBytes(file));
    assertThat(version(model("my-delays")).name()).isNotEqualTo(version(model).name());
  }

  @Test
  void takesTheNameAndTheVersionAndPrintsWhatItWouldApply() {
    Ended dry = push(file.toString(), "--name=delays", "--version", "v7", "--dry-run");

    assertThat(dry.code).isZero();
    assertThat(dry.output)
        .contains(
            "name: \"delays\"\n", "- name: \"v7\"\n", "uri: configmap://delays-v7-818a8c85a890/");
    assertThat(
            api.client().resources(FlightDelayModel.class).inNamespace(namespace).list().getItems())
        .isEmpty();
  }

  @Test
  void saysWhatToDoInsteadOfServingHalf() throws IOException {
    Path large = Files.write(folder.resolve("large.pkl"), new byte[1 << 20]);

    assertThat(push(large.toString()).output)
        .contains("has 1048576 bytes", "predictor/inspect --cr --uri");
    assertThat(push(folder.resolve("absent.pkl").toString()).output).contains("there is no file");
    assertThat(push(file.toString(), "--name", "Delays").output).contains("--name takes");
    assertThat(push(file.toString(), "--colour=red").output).contains("no option --colour=red");
    assertThat(push("--name").code).isEqualTo(1);
  }

  /** crds/examples/from-inspect.yaml is what {@code inspect --cr --configmap} prints. */
  @Test
  void takesWhatInspectPrintsAsItIs() throws IOException {
    Ended applied =
        kubectl(
            "apply",
            "--server-side",
            "--validate=strict",
            "-n",
            namespace,
            "-f",
            CRDS.resolve("examples/from-inspect.yaml").toString());

    assertThat(applied.code).as(applied.output).isZero();
    assertThat(served(model("flight-delay")))
        .isEqualTo(Files.readAllBytes(SAMPLES.resolve("flight-delay.pkl")));
  }

  private FlightDelayModel model(String name) {
    return api.client()
        .resources(FlightDelayModel.class)
        .inNamespace(namespace)
        .withName(name)
        .require();
  }

  private static ModelVersion version(FlightDelayModel model) {
    assertThat(model.getSpec().versions()).hasSize(1);
    return model.getSpec().versions().getFirst();
  }

  /** The content of the ConfigMap that the only version names. */
  private byte[] served(FlightDelayModel model) {
    String[] uri = version(model).model().uri().split("/");
    ConfigMap map = api.client().configMaps().inNamespace(namespace).withName(uri[2]).require();
    return Base64.getDecoder().decode(map.getBinaryData().get(uri[3]));
  }

  private Ended push(String... arguments) {
    List<String> command = new ArrayList<>(List.of("fdm", "push"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-n", namespace));
    return kubectl(command.toArray(String[]::new));
  }

  private Ended kubectl(String... arguments) {
    try {
      List<String> command = new ArrayList<>(List.of("kubectl"));
      command.addAll(List.of(arguments));
      Path output = Files.createTempFile(folder, "kubectl", ".out");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().put("KUBECONFIG", api.kubeconfig().toString());
      builder.environment().merge("PATH", CRDS.toString(), (path, own) -> own + ":" + path);
      Process process = builder.start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Ended(process.exitValue(), Files.readString(output));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
