package dev.flightdelay.operator.exploration;

import dev.flightdelay.operator.exploration.Act.Trouble;
import dev.flightdelay.operator.exploration.Act.Trouble.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** All that happens in a round, drawn before it begins: the same for the same seed. */
final class Script {
  private static final int WAVES = 4;

  private final Random random;
  private final RandomStates states;
  private final Map<String, ModelState> now = new TreeMap<>();
  private final List<Act> acts = new ArrayList<>();

  private Script(long seed) {
    random = new Random(seed);
    states = new RandomStates(random);
  }

  /** Models come, change in waves among deeds and troubles, and each has a last state. */
  static List<Act> of(long seed, int models) {
    Script script = new Script(seed);
    for (int i = 1; i <= models; i++) {
      script.apply(script.states.first("m%02d".formatted(i)));
    }
    script.pause();
    for (int wave = 0; wave < WAVES; wave++) {
      script.wave();
    }
    script.now.values().stream().toList().forEach(state -> script.apply(script.states.last(state)));
    return List.copyOf(script.acts);
  }

  private void wave() {
    List<String> models = new ArrayList<>(now.keySet());
    Collections.shuffle(models, random);
    trouble();
    for (String model : models) {
      switch (random.nextInt(12)) {
        case 0 -> meddle(now.get(model));
        case 1 -> scale(now.get(model));
        case 2 -> {
          if (random.nextInt(3) == 0) {
            makeAnew(states.next(now.get(model)));
          }
        }
        case 3 -> {
          meddle(now.get(model));
          apply(states.next(now.get(model)));
          meddle(now.get(model));
        }
        default -> apply(states.next(now.get(model)));
      }
      if (random.nextInt(models.size()) == 0) {
        trouble();
      }
    }
    pause();
  }

  private void apply(ModelState state) {
    now.put(state.model(), state);
    acts.add(new Act.Apply(state));
  }

  private void makeAnew(ModelState state) {
    now.put(state.model(), state);
    acts.add(new Act.MakeAnew(state));
  }

  private void meddle(ModelState state) {
    if (!RandomStates.isAllowed(state)) {
      // Nothing of it is repaired.
      return;
    }
    if (random.nextInt(3) > 0) {
      acts.add(new Act.Meddle(child(state), one(Deed.TO_VERSIONS)));
    } else {
      String route = random.nextInt(4) == 0 ? state.model() + ".2" : state.model();
      boolean gateway = state.field("expose").contains("HTTPRoute");
      acts.add(new Act.Meddle(route, one(gateway ? Deed.TO_HTTP_ROUTES : Deed.TO_INGRESSES)));
    }
  }

  private void scale(ModelState state) {
    acts.add(new Act.Scale(child(state), 1 + random.nextInt(3)));
  }

  private String child(ModelState state) {
    return state.model() + "-" + one(state.versions()).name();
  }

  private void trouble() {
    acts.add(new Trouble(one(List.of(Kind.values())), 1 + random.nextInt(20)));
  }

  /** Seldom long enough for all to come to rest. */
  private void pause() {
    int seconds = random.nextInt(4) == 0 ? 8 : 1 + random.nextInt(4);
    acts.add(new Act.Pause(Duration.ofSeconds(seconds)));
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
