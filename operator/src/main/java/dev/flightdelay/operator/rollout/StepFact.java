package dev.flightdelay.operator.rollout;

/**
 * What one step goes by, of a version: what the spec asks of the step, what was measured, what the
 * step has remembered.
 */
public interface StepFact {}
