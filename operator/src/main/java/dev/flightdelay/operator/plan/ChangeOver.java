package dev.flightdelay.operator.plan;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.operator.api.v1alpha1.Expose;
import dev.flightdelay.operator.child.Entrance;
import dev.flightdelay.operator.child.Naming;
import dev.flightdelay.operator.observe.Observed;
import dev.flightdelay.operator.observe.RouteTaken;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * From one way in to another: what clients use stays, and follows the traffic, until those that are
 * to follow the new one do. Two Gateways, classes or hosts do not fit into one object, whose status
 * would not tell one from the other either: the new one is an object of its own.
 *
 * @param name of the route that the spec asks for
 * @param current that route, where it is there
 * @param kept the one that clients use meanwhile
 * @param over those that go now
 * @param next when to look again, if nothing happens before
 */
public record ChangeOver(
    String name,
    Optional<HasMetadata> current,
    Optional<HasMetadata> kept,
    List<HasMetadata> over,
    Optional<Instant> next) {

  /**
   * How long an Ingress is given where its status tells nothing: it is of the class of the one
   * before, which has no address either.
   */
  public static final Duration WITHOUT_ADDRESS = Duration.ofSeconds(30);

  private static final Comparator<HasMetadata> BY_AGE = Comparator.comparing(Observed::created);

  public ChangeOver {
    requireNonNull(name);
    requireNonNull(current);
    requireNonNull(kept);
    over = List.copyOf(over);
    requireNonNull(next);
  }

  /** How it stands. */
  public static ChangeOver of(Expose asked, Observed observed, Naming naming, Instant now) {
    List<HasMetadata> others = new ArrayList<>(observed.routes().sorted(BY_AGE).toList());
    Optional<HasMetadata> current =
        others.stream()
            .filter(route -> Entrance.isSame(route, asked, observed.defaultClass()))
            .findFirst();
    current.ifPresent(others::remove);
    Optional<HasMetadata> kept =
        asked.type() == Expose.Type.None
            ? Optional.empty()
            : inUse(others).filter(route -> wasUsed(route, current));
    Optional<Instant> next =
        current.isPresent() && kept.isPresent()
            ? withoutAddress(current.get(), kept.get())
            : Optional.empty();
    boolean taken =
        current.filter(RouteTaken::byAll).isPresent()
            || next.filter(time -> !now.isBefore(time)).isPresent();
    if (taken) {
      kept = Optional.empty();
    }
    String name =
        current.map(route -> route.getMetadata().getName()).orElse(free(asked, kept, naming));
    List<HasMetadata> over = new ArrayList<>(others);
    kept.ifPresent(over::remove);
    // One that was never followed becomes the new one.
    over.removeIf(route -> isKind(route, asked) && name.equals(route.getMetadata().getName()));
    return new ChangeOver(name, current, kept, over, next.filter(now::isBefore));
  }

  /**
   * The one that clients use: the last that was taken, or where none was, the first, of those that
   * anybody may follow.
   */
  private static Optional<HasMetadata> inUse(List<HasMetadata> others) {
    List<HasMetadata> possible = others.stream().filter(RouteTaken::byAny).toList();
    return possible.stream()
        .filter(RouteTaken::byAll)
        .reduce((_, later) -> later)
        .or(() -> possible.stream().findFirst());
  }

  /** One that came after what is asked for again, and that nobody took, was never used. */
  private static boolean wasUsed(HasMetadata other, Optional<HasMetadata> current) {
    return RouteTaken.byAll(other)
        || current
            .filter(route -> Observed.created(other).isAfter(Observed.created(route)))
            .isEmpty();
  }

  private static Optional<Instant> withoutAddress(HasMetadata current, HasMetadata kept) {
    Expose now = Entrance.of(current).expose();
    Expose before = Entrance.of(kept).expose();
    boolean tellsNothing =
        now.type() == Expose.Type.Ingress
            && before.type() == Expose.Type.Ingress
            && Objects.equals(now.ingressClassName(), before.ingressClassName())
            && !RouteTaken.byAll(kept);
    return tellsNothing
        ? Optional.of(Observed.created(current).plus(WITHOUT_ADDRESS))
        : Optional.empty();
  }

  private static String free(Expose asked, Optional<HasMetadata> kept, Naming naming) {
    Optional<String> taken =
        kept.filter(route -> isKind(route, asked)).map(route -> route.getMetadata().getName());
    return Stream.of(naming.route(), naming.otherRoute())
        .filter(name -> !Optional.of(name).equals(taken))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isKind(HasMetadata route, Expose asked) {
    return asked.type().name().equals(route.getKind());
  }
}
