package dev.flightdelay.predictor.auth.scheme;

import java.util.List;

/** What was set of a kind of credentials. */
public interface SchemeSettings {

  /** How callers send them, as the OpenAPI document says it. */
  List<SecurityScheme> documented();

  /** What callers come with, as the line at the start says it: "callers with ..". */
  String credentials();

  /**
   * What checks them, in the order in which it is tried, and told to people; not started yet.
   *
   * @throws AuthenticationException if what was set cannot be used
   */
  List<Scheme> schemes(SchemeContext context);
}
