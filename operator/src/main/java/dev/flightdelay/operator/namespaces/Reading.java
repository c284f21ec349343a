package dev.flightdelay.operator.namespaces;

/** What came of the attempt to read a namespace. */
public sealed interface Reading {

  /** Everything that is watched may be read. */
  record Open() implements Reading {}

  /** The API server refuses it: the namespace is gone, or the operator's role in it is less. */
  record Closed(String why) implements Reading {}

  /** The API server does not know the custom resource. */
  record NoCustomResource() implements Reading {}

  /** That says nothing of the namespace. */
  record NoAnswer(String why) implements Reading {}
}
