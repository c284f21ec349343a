package dev.flightdelay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.e2e.Command.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A person with kubectl and helm, whose namespace is the models'. */
final class User {

  private final Path root;
  private final String namespace;

  User(Path root, String namespace) {
    this.root = root;
    this.namespace = namespace;
  }

  /** Runs kubectl; it has to end well. */
  String kubectl(String... arguments) {
    return ended(withKubectl("", arguments), "kubectl", arguments);
  }

  /** Runs kubectl, which may fail. */
  Result tries(String... arguments) {
    return withKubectl("", arguments);
  }

  /** Applies a custom resource, or whatever the text describes. */
  void applies(String yaml) {
    ended(withKubectl(yaml, "apply", "-f", "-"), "kubectl", "apply", "-f", "-");
  }

  /** Applies what is described in a text, unless the API server refuses it. */
  Result triesToApply(String yaml, String namespace) {
    return withKubectl(yaml, "apply", "--namespace=" + namespace, "-f", "-");
  }

  /** Runs helm; it has to end well. */
  String helm(String... arguments) {
    List<String> command = new ArrayList<>(List.of("helm"));
    command.addAll(List.of(arguments));
    return ended(Command.run(root, "", command), "helm", arguments);
  }

  /** Waits, as the examples say it, until a model's current generation serves as asked. */
  void waitsUntilReady(String model, Duration atMost) {
    Result waited =
        tries(
            "wait",
            "fdm/" + model,
            "--for=condition=Ready",
            "--timeout=%ds".formatted(atMost.toSeconds()));
    assertThat(waited.good())
        .as(
            "%s gets ready within %s: %s%n%s%n%s",
            model,
            atMost,
            waited.output(),
            tries("get", "fdm", model, "-o", "jsonpath={.status}").output(),
            tries("get", "pods", "-l", "app.kubernetes.io/instance=" + model).output())
        .isTrue();
  }

  void waitsUntilReady(String model) {
    waitsUntilReady(model, Duration.ofMinutes(2));
  }

  /**
   * Runs the commands that the comment at the head of an example gives, as a person would paste
   * them.
   *
   * @return what they printed
   */
  String follows(String example) {
    List<String> commands;
    try (var lines = Files.lines(root.resolve(example))) {
      commands =
          lines
              .takeWhile(line -> line.startsWith("#"))
              .filter(line -> line.startsWith("#   "))
              .map(line -> line.substring(4))
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(commands).as("the commands at the head of %s", example).isNotEmpty();
    String script =
        "kubectl() { command kubectl -n %s \"$@\"; }%n".formatted(namespace)
            // A proxy may take a moment to know a new route.
            + "curl() { command curl -sSf --retry 20 --retry-delay 1 --retry-all-errors \"$@\"; }\n"
            + String.join("\n", commands);
    return ended(Command.run(root, script, List.of("bash", "-euo", "pipefail")), "bash", script);
  }

  private Result withKubectl(String input, String... arguments) {
    List<String> command = new ArrayList<>(List.of("kubectl", "-n", namespace));
    command.addAll(List.of(arguments));
    return Command.run(root, input, command);
  }

  private static String ended(Result result, String program, String... arguments) {
    assertThat(result.code())
        .as(
            "%s %s: %s",
            program, Arrays.stream(arguments).collect(Collectors.joining(" ")), result.output())
        .isZero();
    return result.output();
  }
}
