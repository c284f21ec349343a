package dev.flightdelay.predictor.dataplane.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class FairQueueTest {

  private static final long TURN = 50;

  private final FairQueue queue = new FairQueue(TURN);

  @Test
  void givesCallersTurnsAndEachItsWorkInOrder() {
    add("a", "a", "a", "b", "c");

    assertThat(callers(next(5))).containsExactly("a", "b", "c", "a", "a");
    assertThat(queue.next()).isNull();
  }

  @Test
  void sharesTimeAndNotTurns() {
    Map<Object, Long> time = new HashMap<>();
    Map<Object, Long> takes = Map.of("long", 100L, "short", 10L);
    takes.keySet().forEach(caller -> add(caller, caller));

    for (int turn = 0; turn < 1100; turn++) {
      Work work = queue.next();
      long nanos = takes.get(work.caller());
      time.merge(work.caller(), nanos, Long::sum);
      add(work.caller());
      queue.ended(work, nanos, nanos);
    }

    assertThat(Math.abs(time.get("long") - time.get("short"))).isLessThan(1_000);
  }

  @Test
  void putsWhatIsNotDoneBeforeItsCallersOther() {
    add("a", "a");
    Work first = queue.next();

    queue.paused(first, TURN);

    assertThat(queue.next()).isSameAs(first);
  }

  @Test
  void whoComesHasNeitherSavedNorMissedAnything() {
    add("a", "a");
    Work alone = queue.next();
    for (int turn = 0; turn < 20; turn++) {
      queue.goesOn(alone, TURN);
    }

    add("b", "b");

    assertThat(queue.isAnothersTurn("a")).isTrue();
    queue.paused(alone, TURN);
    assertThat(callers(next(4))).containsExactly("b", "a", "b", "a");
  }

  @Test
  void tellsWhoseTurnItIs() {
    add("a", "a");
    Work running = queue.next();
    assertThat(queue.isAnothersTurn("a")).isFalse();

    add("b");
    assertThat(queue.isAnothersTurn("a")).isTrue();

    queue.paused(running, TURN);
    assertThat(queue.next().caller()).isEqualTo("b");
  }

  @Test
  void displacesTheLastOfWhoeverHasMostWaiting() {
    add("a", "a", "a", "b", "b");
    Work last = add("a");

    assertThat(queue.displace("c")).isSameAs(last);
    assertThat(queue.waiting("a")).isEqualTo(3);
    assertThat(queue.displace("b")).isNull();
    assertThat(queue.displace("a")).isNull();
  }

  @Test
  void knowsWhoHasMoreThanItsShare() {
    add("a", "a", "a");
    assertThat(queue.isAboveShare("a")).isFalse();

    add("b");

    assertThat(queue.isAboveShare("a")).isTrue();
    assertThat(queue.isAboveShare("b")).isFalse();
    assertThat(queue.isAboveShare("c")).isFalse();
  }

  @Test
  void expectsCallersToWaitForTheirOwnWorkInTheirShareOfTheThreads() {
    for (int i = 0; i < 200; i++) {
      add("a");
      queue.ended(queue.next(), 640, 640);
    }
    add("a", "a", "a", "b");

    assertThat(queue.waitNanos("a", 2)).isBetween(3 * 600L, 3 * 640L);
    assertThat(queue.waitNanos("b", 2)).isBetween(600L, 640L);
    assertThat(queue.waitNanos("c", 2)).isZero();
  }

  @Test
  void forgetsCallersWithNothingWaitingOrRunning() {
    Work dropped = add("a");
    assertThat(queue.remove(dropped)).isTrue();
    assertThat(queue.remove(dropped)).isFalse();
    assertThat(queue.waiting()).isZero();
    add("b");

    assertThat(callers(next(1))).containsExactly("b");
    assertThat(queue.isAboveShare("b")).isFalse();
  }

  private Work add(Object... callers) {
    Work last = null;
    for (Object caller : callers) {
      last = new Nothing(caller);
      queue.add(last);
    }
    return last;
  }

  private List<Work> next(int count) {
    List<Work> next = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      next.add(queue.next());
      queue.ended(next.getLast(), TURN, TURN);
    }
    return next;
  }

  private static List<Object> callers(List<Work> all) {
    return all.stream().map(Work::caller).toList();
  }

  private static final class Nothing extends Work {

    Nothing(Object caller) {
      super(caller, Long.MAX_VALUE);
    }

    @Override
    boolean turn(BooleanSupplier mayGoOn) {
      return true;
    }

    @Override
    void refuse(Refused why) {
      throw new AssertionError("is refused by nobody");
    }
  }
}
