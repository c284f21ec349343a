package dev.flightdelay.predictor.auth.caller;

/** Who a request is from, why it is not answered, or that somebody must be asked first. */
public sealed interface Verdict permits Caller, Rejection, PendingVerdict {}
