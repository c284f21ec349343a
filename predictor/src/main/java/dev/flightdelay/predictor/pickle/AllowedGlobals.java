package dev.flightdelay.predictor.pickle;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Every global that a file may name: an exact table of (module, name), never a pattern, and never
 * changed after it is made. The few globals that belong to the pickle protocol itself are always in
 * it.
 */
public final class AllowedGlobals {

  private static final Set<String> JOBLIB_MODULES =
      Set.of(
          "joblib.numpy_pickle",
          "joblib.numpy_pickle_compat",
          "sklearn.externals.joblib.numpy_pickle",
          "sklearn.externals.joblib.numpy_pickle_compat");

  /** What joblib before 0.10 put in the place of each array. */
  private static final Set<String> ARRAYS_IN_OTHER_FILES =
      Set.of("NDArrayWrapper", "ZNDArrayWrapper");

  private static final String DISTRIBUTIONS = "scipy.stats.";

  private final Map<GlobalName, AllowedGlobal> byName;
  private final Function<GlobalName, AllowedGlobal> others;

  /**
   * @throws IllegalArgumentException if two rules are for the same global
   */
  public AllowedGlobals(Collection<? extends AllowedGlobal> globals) {
    this(globals, name -> null);
  }

  /**
   * @param others the rule for any other name, or null; the same for a name whenever it is asked
   * @throws IllegalArgumentException if two rules are for the same global
   */
  public AllowedGlobals(
      Collection<? extends AllowedGlobal> globals, Function<GlobalName, AllowedGlobal> others) {
    this.others = others;
    Map<GlobalName, AllowedGlobal> rules = new HashMap<>();
    ProtocolGlobals.ALL.forEach(global -> add(rules, global));
    globals.forEach(global -> add(rules, global));
    byName = Map.copyOf(rules);
  }

  private static void add(Map<GlobalName, AllowedGlobal> rules, AllowedGlobal global) {
    if (rules.put(global.global(), global) != null) {
      throw new IllegalArgumentException("two rules for the global " + global.global());
    }
  }

  /** The rules that this was made with, and those of the pickle protocol itself. */
  public Collection<AllowedGlobal> rules() {
    return byName.values();
  }

  /** Whether that is what joblib since 0.10 puts in the place of each array. */
  static boolean isArrayWrapper(GlobalName name) {
    return JOBLIB_MODULES.contains(name.module()) && name.name().equals("NumpyArrayWrapper");
  }

  /** What makes a metric with some of its arguments: nothing is called, as it never is. */
  private static final GlobalName PARTIAL = new GlobalName("functools", "partial");

  /**
   * The rule for a global that a file names: for one that may stand where nothing looks at it,
   * {@link AllowedGlobal.Inert}.
   *
   * @param offset where the file names it
   * @throws ModelRefusedException if the global is not in the table: UNSUPPORTED for a class of a
   *     library whose other classes are, else GLOBAL_NOT_ALLOWED
   */
  AllowedGlobal require(GlobalName name, long offset) {
    AllowedGlobal allowed = byName.get(name);
    if (allowed == null) {
      allowed = others.apply(name);
    }
    if (allowed != null) {
      return allowed;
    }
    if (name.equals(PARTIAL) || OwnName.mayStandUnread(name)) {
      return new AllowedGlobal.Inert(name, offset, name.equals(PARTIAL));
    }
    throw refusal(name, offset);
  }

  /** The refusal of a name that no rule knows, or that stands where it may not. */
  static ModelRefusedException refusal(GlobalName name, long offset) {
    if (JOBLIB_MODULES.contains(name.module()) && ARRAYS_IN_OTHER_FILES.contains(name.name())) {
      return new ModelRefusedException(
          Reason.UNSUPPORTED,
          offset,
          "the file was written by joblib before 0.10, which keeps each array in a file of its own ("
              + name.printable()
              + "), and those are not here; load it and save it again with pickle.dump(model, file)");
    }
    if (name.module().startsWith(DISTRIBUTIONS)) {
      return new ModelRefusedException(
          Reason.GLOBAL_NOT_ALLOWED,
          offset,
          "the file names the global "
              + name.printable()
              + ", a distribution that a search for parameters drew from; it was not executed. Save"
              + " the search's best_estimator_ instead: pickle.dump(search.best_estimator_, file)");
    }
    Optional<String> library = LibraryClass.libraryOf(name);
    if (library.isPresent()) {
      return new ModelRefusedException(
          Reason.UNSUPPORTED,
          offset,
          "the file has a %s in it, a class of %s that this predictor does not read; save a"
                  .formatted(name.printable(), library.get())
              + " model made of those that inspect --estimators lists");
    }
    if (OwnName.mayStandUnread(name)) {
      return new ModelRefusedException(
          Reason.GLOBAL_NOT_ALLOWED,
          offset,
          "the file names the global "
              + name.printable()
              + ", of the program that wrote it, which is not here and was not executed; do that step"
              + " before the model, or use a transformer that inspect --estimators lists");
    }
    return new ModelRefusedException(
        Reason.GLOBAL_NOT_ALLOWED,
        offset,
        "the file names the global "
            + name.printable()
            + ", which no model that this predictor reads needs; it was not executed. Serve a file"
            + " made only of supported estimators, saved by someone you trust");
  }

  /** Checks that REDUCE may call this global with so many arguments. */
  static void checkReduce(AllowedGlobal callee, int arguments, long offset) {
    switch (callee) {
      case AllowedGlobal.Function _,
          AllowedGlobal.Opaque _,
          AllowedGlobal.Forgotten _,
          AllowedGlobal.Naming _ -> {}
      case AllowedGlobal.Type type -> checkNoArguments(type.global(), arguments, offset);
      case AllowedGlobal.Inert inert -> {
        if (!inert.callable()) {
          throw refusal(inert.global(), inert.offset());
        }
      }
      case AllowedGlobal.ArrayWrapper wrapper -> refuseCall(wrapper, offset);
      case AllowedGlobal.NamedTuple tuple -> refuseCall(tuple, offset);
      case AllowedGlobal.Value value -> refuseCall(value, offset);
    }
  }

  /** Checks that NEWOBJ may make an instance of this global with so many arguments. */
  static void checkNewObject(AllowedGlobal type, int arguments, long offset) {
    switch (type) {
      case AllowedGlobal.Opaque _, AllowedGlobal.Inert _ -> {}
      case AllowedGlobal.Type made -> checkNoArguments(made.global(), arguments, offset);
      case AllowedGlobal.ArrayWrapper wrapper ->
          checkNoArguments(wrapper.global(), arguments, offset);
      case AllowedGlobal.NamedTuple tuple -> {
        if (arguments != tuple.items()) {
          refuseCall(tuple, offset);
        }
      }
      case AllowedGlobal.Function function -> refuseCall(function, offset);
      case AllowedGlobal.Forgotten function -> refuseCall(function, offset);
      case AllowedGlobal.Naming function -> refuseCall(function, offset);
      case AllowedGlobal.Value value -> refuseCall(value, offset);
    }
  }

  private static void checkNoArguments(GlobalName type, int arguments, long offset) {
    if (arguments != 0) {
      throw new ModelRefusedException(
          Reason.CALL_NOT_ALLOWED,
          offset,
          "the file makes a %s with %d arguments, but its instances are read only when made with none"
              .formatted(type.printable(), arguments));
    }
  }

  private static void refuseCall(AllowedGlobal callee, long offset) {
    throw new ModelRefusedException(
        Reason.CALL_NOT_ALLOWED,
        offset,
        "the file uses the global %s in a way that no model needs; it was not executed"
            .formatted(callee.global().printable()));
  }
}
