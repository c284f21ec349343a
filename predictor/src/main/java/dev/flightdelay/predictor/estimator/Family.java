package dev.flightdelay.predictor.estimator;

import dev.flightdelay.predictor.pickle.AllowedGlobal;
import dev.flightdelay.predictor.pickle.AllowedGlobal.Call;
import dev.flightdelay.predictor.pickle.AllowedGlobal.Check;
import dev.flightdelay.predictor.pickle.AllowedGlobal.Function;
import dev.flightdelay.predictor.pickle.AllowedGlobal.Opaque;
import dev.flightdelay.predictor.pickle.AllowedGlobal.Type;
import dev.flightdelay.predictor.pickle.GlobalName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The estimators of one package, one line each, and whatever else their pickles name: each with the
 * only thing that may be done with it, and why it is needed. Where a class has moved, its older
 * modules stand behind the newer one.
 *
 * @param models the estimators that are served
 * @param transformers the steps before them
 * @param globals everything that a file with these may name
 * @param since by an estimator's name the oldest release of its library that it is read of, where
 *     that is not the library's oldest
 */
public record Family(
    Map<GlobalName, EstimatorReader> models,
    Map<GlobalName, TransformerReader> transformers,
    List<AllowedGlobal> globals,
    Map<String, String> since) {

  public Family {
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    transformers = Collections.unmodifiableMap(new LinkedHashMap<>(transformers));
    globals = List.copyOf(globals);
    since = Map.copyOf(since);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The names of the estimators that are served, in their order, each once. */
  public List<String> names() {
    return models.keySet().stream()
        .map(GlobalName::name)
        .filter(name -> !name.startsWith("_"))
        .distinct()
        .toList();
  }

  /** Collects a family's lines. */
  public static final class Builder {

    private final Map<GlobalName, EstimatorReader> models = new LinkedHashMap<>();
    private final Map<GlobalName, TransformerReader> transformers = new LinkedHashMap<>();
    private final List<AllowedGlobal> globals = new ArrayList<>();
    private final Map<String, String> since = new LinkedHashMap<>();
    private final Map<String, Set<String>> unread = new HashMap<>();

    private Builder() {}

    /** An estimator that is served. */
    public Builder model(EstimatorReader reader, String name, String... modules) {
      for (String module : modules) {
        GlobalName type = new GlobalName(module, name);
        models.put(type, reader);
        globals.add(new Type(type, "an estimator that is read"));
      }
      return this;
    }

    /** A step before an estimator. */
    public Builder transformer(TransformerReader reader, String name, String... modules) {
      for (String module : modules) {
        GlobalName type = new GlobalName(module, name);
        transformers.put(type, reader);
        globals.add(new Type(type, "a transformer that is read"));
      }
      return this;
    }

    /** What is one or the other by what its last step is. */
    public Builder modelOrTransformer(
        EstimatorReader model, TransformerReader transformer, String name, String... modules) {
      for (String module : modules) {
        transformers.put(new GlobalName(module, name), transformer);
      }
      return model(model, name, modules);
    }

    /** A class whose instances are a part of an estimator, and read with it. */
    public Builder part(String why, String name, String... modules) {
      for (String module : modules) {
        globals.add(new Type(new GlobalName(module, name), why));
      }
      return this;
    }

    /** A named tuple that is a part of an estimator. */
    public Builder namedTuple(String why, int items, String name, String... modules) {
      for (String module : modules) {
        globals.add(new AllowedGlobal.NamedTuple(new GlobalName(module, name), items, why));
      }
      return this;
    }

    /** A function that is never called, with the arguments that a file may have for it. */
    public Builder forgotten(String why, Check check, String name, String... modules) {
      for (String module : modules) {
        globals.add(new AllowedGlobal.Forgotten(new GlobalName(module, name), check, why));
      }
      return this;
    }

    /** Classes whose instances are carried along and never looked at. */
    public Builder unread(String why, String module, String... names) {
      for (String name : names) {
        globals.add(new Opaque(new GlobalName(module, name), why));
      }
      return this;
    }

    /** A function that makes plain data. */
    public Builder function(String why, Call call, String name, String... modules) {
      for (String module : modules) {
        globals.add(new Function(new GlobalName(module, name), call, why));
      }
      return this;
    }

    /** A name that is only ever a value, such as a function that was a parameter. */
    public Builder value(String why, String module, String... names) {
      for (String name : names) {
        globals.add(new AllowedGlobal.Value(new GlobalName(module, name), why));
      }
      return this;
    }

    /** Estimators that are read of that release of their library and of later ones. */
    public Builder since(String release, String... names) {
      for (String name : names) {
        since.put(name, release);
      }
      return this;
    }

    /**
     * The attributes of an estimator that nothing here looks at, whatever they hold, as its library
     * does not when it predicts: metrics, scorers, callbacks, what a search drew from.
     */
    public Builder unreadIn(String estimator, String... attributes) {
      unread.computeIfAbsent(estimator, _ -> new HashSet<>()).addAll(Arrays.asList(attributes));
      return this;
    }

    public Family build() {
      return new Family(
          models, transformers, globals.stream().map(this::withUnread).toList(), since);
    }

    private AllowedGlobal withUnread(AllowedGlobal rule) {
      return rule instanceof Type type && unread.containsKey(type.global().name())
          ? new Type(type.global(), unread.get(type.global().name()), type.why())
          : rule;
    }
  }
}
