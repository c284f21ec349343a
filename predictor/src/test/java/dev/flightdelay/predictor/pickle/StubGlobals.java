package dev.flightdelay.predictor.pickle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Rules for the globals of real files that let the files through without knowing what they mean.
 */
final class StubGlobals {

  private static final Set<String> MAPPINGS = Set.of("OrderedDict", "defaultdict");

  private StubGlobals() {}

  /** An object that a function made, and that takes any state. */
  private static final class Made implements Buildable {
    @Override
    public void build(Object state) {}
  }

  /** Rules for globals written as {@code module.name}, beside those that are always allowed. */
  static AllowedGlobals allowing(Collection<String> globals) {
    Set<GlobalName> always = Set.copyOf(ProtocolGlobals.ALL.stream().map(g -> g.global()).toList());
    List<AllowedGlobal> rules = new ArrayList<>();
    for (String global : globals) {
      int dot = global.lastIndexOf('.');
      GlobalName name = new GlobalName(global.substring(0, dot), global.substring(dot + 1));
      if (!always.contains(name)) {
        rules.add(rule(name));
      }
    }
    return new AllowedGlobals(rules);
  }

  private static AllowedGlobal rule(GlobalName global) {
    String name = global.name();
    if (name.equals("NumpyArrayWrapper")) {
      return new AllowedGlobal.ArrayWrapper(global, (_, _) -> new Made(), "stub");
    }
    if (name.equals("ndarray") || name.equals("float64")) {
      return new AllowedGlobal.Value(global, "stub");
    }
    if (name.equals("scalar")) {
      AtomicLong scalars = new AtomicLong(1_000_000);
      return new AllowedGlobal.Function(global, _ -> scalars.incrementAndGet(), "stub");
    }
    if (MAPPINGS.contains(name)) {
      return new AllowedGlobal.Function(global, _ -> new LinkedHashMap<>(), "stub");
    }
    if (Character.isLowerCase(name.replace("_", "").charAt(0))) {
      return new AllowedGlobal.Function(global, _ -> new Made(), "stub");
    }
    return new AllowedGlobal.Opaque(global, "stub");
  }
}
