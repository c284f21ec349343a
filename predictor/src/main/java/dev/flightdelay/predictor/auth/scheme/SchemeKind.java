package dev.flightdelay.predictor.auth.scheme;

import static java.util.Objects.requireNonNull;

import dev.flightdelay.predictor.settings.value.Setting;
import dev.flightdelay.predictor.settings.value.SettingException;
import dev.flightdelay.predictor.settings.value.Values;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A kind of credentials that callers can be known by: what sets it, and what the OpenAPI document
 * says of it.
 *
 * @param needed all of these, or nothing at all. Half of it is refused: serving everyone, or
 *     nobody, although somebody asked for something else, would be the worst of answers
 * @param optional what may be set besides
 * @param documented how callers send them
 * @param reader from what is needed and set to what a predictor goes by
 */
public record SchemeKind(
    List<Setting> needed,
    List<Setting> optional,
    List<SecurityScheme> documented,
    Function<Values, SchemeSettings> reader) {

  public SchemeKind {
    needed = List.copyOf(needed);
    optional = List.copyOf(optional);
    documented = List.copyOf(documented);
    requireNonNull(reader);
  }

  /** In the order of the help text. */
  public Stream<Setting> settings() {
    return Stream.concat(needed.stream(), optional.stream());
  }

  /**
   * What was set of it; empty where nothing was.
   *
   * @throws SettingException where only half of it was, or what cannot be used
   */
  public Optional<SchemeSettings> read(Values values) {
    Optional<Setting> given =
        settings().filter(setting -> values.text(setting).isPresent()).findFirst();
    if (given.isEmpty()) {
      return Optional.empty();
    }
    for (Setting setting : needed) {
      if (values.text(setting).isEmpty()) {
        throw new SettingException(
            "%s is set, but %s is not: callers can be checked with all of %s only"
                .formatted(given.get(), setting, needed));
      }
    }
    return Optional.of(reader.apply(values));
  }
}
