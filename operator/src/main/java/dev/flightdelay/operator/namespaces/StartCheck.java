package dev.flightdelay.operator.namespaces;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.namespaces.Reading.Closed;
import dev.flightdelay.operator.namespaces.Reading.NoAnswer;
import dev.flightdelay.operator.namespaces.Reading.NoCustomResource;
import dev.flightdelay.operator.namespaces.Reading.Open;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Whether there is anything to start for. */
public final class StartCheck {

  private final WatchedNamespaces namespaces;
  private final Function<String, Reading> reader;

  public StartCheck(WatchedNamespaces namespaces, Function<String, Reading> reader) {
    this.namespaces = requireNonNull(namespaces);
    this.reader = requireNonNull(reader);
  }

  /** What is to be done about the start. */
  public sealed interface Verdict {

    /** At least one namespace can be read. */
    record Start() implements Verdict {}

    /** The API server does not answer: later. */
    record Wait(String why) implements Verdict {}

    /** The API server's answer leaves nothing to be done. */
    record End(String why) implements Verdict {}
  }

  /** Reads each namespace, and notes which ones are open. */
  public Verdict look() {
    Map<String, String> closed = new TreeMap<>();
    for (String namespace : namespaces.asked()) {
      Optional<Verdict> verdict =
          switch (reader.apply(namespace)) {
            case Open _ -> {
              namespaces.opens(namespace);
              yield Optional.empty();
            }
            case Closed refused -> {
              namespaces.closes(namespace, refused.why());
              closed.put(namespace, refused.why());
              yield Optional.empty();
            }
            case NoCustomResource _ -> Optional.of(new Verdict.End(noCustomResource()));
            case NoAnswer none -> Optional.of(new Verdict.Wait(none.why()));
          };
      if (verdict.isPresent()) {
        return verdict.get();
      }
    }
    return closed.size() < namespaces.asked().size()
        ? new Verdict.Start()
        : new Verdict.End(nothingToRead(closed));
  }

  private static String noCustomResource() {
    return "the API server does not know FlightDelayModels (flightdelay.dev/v1alpha1): install the"
        + " custom resource with \"kubectl apply --server-side -f crds/\", or with the chart";
  }

  private static String nothingToRead(Map<String, String> closed) {
    Map.Entry<String, String> first = closed.entrySet().iterator().next();
    return "%s may be read; %s: %s; the operator's role and its binding are missing or less than they should be: apply the chart again, or look at its ServiceAccount"
        .formatted(
            closed.containsKey(NamespaceReader.ALL)
                ? "no namespace"
                : "none of the namespaces that are to be served ("
                    + String.join(", ", closed.keySet())
                    + ")",
            first.getKey().equals(NamespaceReader.ALL) ? "of all" : "of " + first.getKey(),
            first.getValue());
  }
}
