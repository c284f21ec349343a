package dev.flightdelay.operator.rollout;

import java.util.Optional;

/** A version that the spec lists and whose share waits, for the sentence that tells of it. */
public interface HeldVersion {

  String name();

  /** Its percentage of the traffic in the spec. */
  int traffic();

  /** Its pods that serve now. */
  int readyReplicas();

  /** Why it gets no further pods, if it does not. */
  Optional<String> stuck();

  /** Whether the route can divide traffic in any proportion. */
  boolean splits();

  /** What a person does to give it so many pods. */
  String morePods(int pods);

  /** What a person does to give it its share with the pods that it has. */
  String promotion();
}
