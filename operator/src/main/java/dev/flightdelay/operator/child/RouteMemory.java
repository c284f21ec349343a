package dev.flightdelay.operator.child;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.rollout.Rising;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands on a route so that a restarted operator goes on with a rollout.
 *
 * @param servedBefore the traffic before a version was waited for; empty where none is
 * @param rising what a rise of shares goes by
 * @param everReady versions that have been ready, as {@link #readyName} has them
 */
public record RouteMemory(
    Map<String, Integer> servedBefore, Optional<Rising> rising, List<String> everReady) {

  /** The annotations in which it stands. */
  public static final List<String> NAMES =
      List.of(Annotations.READY_VERSIONS, Annotations.SERVED_BEFORE, Annotations.RISING);

  private static final Pattern SHARE = Pattern.compile("([a-z0-9]{1,20})=(\\d{1,3})");
  private static final Pattern RISING = Pattern.compile("pods=(\\d{1,6}),since=(\\S+)");

  public RouteMemory {
    servedBefore = new TreeMap<>(requireNonNull(servedBefore));
    requireNonNull(rising);
    everReady = everReady.stream().sorted().toList();
  }

  /** What a route has; what somebody broke of it counts as none. */
  public static RouteMemory of(HasMetadata route) {
    return new RouteMemory(
        Annotations.text(route, Annotations.SERVED_BEFORE)
            .map(RouteMemory::percentages)
            .orElse(Map.of()),
        Annotations.text(route, Annotations.RISING).flatMap(RouteMemory::rising),
        Annotations.text(route, Annotations.READY_VERSIONS)
            .map(text -> Arrays.asList(text.split(",")))
            .orElse(List.of()));
  }

  /** A version with the start of its model's SHA-256: its name alone would speak for another. */
  public static String readyName(String version, String sha256) {
    return version + "@" + sha256.substring(0, Math.min(12, sha256.length()));
  }

  /** For an Ingress: it has one version only, and so no proportions. */
  RouteMemory withoutServedBefore() {
    return new RouteMemory(Map.of(), rising, everReady);
  }

  Map<String, String> annotations() {
    Map<String, String> annotations = new TreeMap<>();
    if (!everReady.isEmpty()) {
      annotations.put(Annotations.READY_VERSIONS, String.join(",", everReady));
    }
    if (!servedBefore.isEmpty()) {
      annotations.put(
          Annotations.SERVED_BEFORE,
          servedBefore.entrySet().stream()
              .map(share -> share.getKey() + "=" + share.getValue())
              .collect(Collectors.joining(",")));
    }
    rising.ifPresent(
        rise ->
            annotations.put(
                Annotations.RISING, "pods=%d,since=%s".formatted(rise.pods(), rise.since())));
    return annotations;
  }

  private static Map<String, Integer> percentages(String text) {
    Map<String, Integer> percentages = new TreeMap<>();
    for (String part : text.split(",")) {
      Matcher share = SHARE.matcher(part);
      if (share.matches()) {
        percentages.put(share.group(1), Integer.valueOf(share.group(2)));
      }
    }
    return percentages;
  }

  private static Optional<Rising> rising(String text) {
    Matcher parts = RISING.matcher(text);
    return parts.matches()
        ? Annotations.instant(parts.group(2))
            .map(since -> new Rising(Integer.parseInt(parts.group(1)), since))
        : Optional.empty();
  }
}
