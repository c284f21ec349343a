package dev.flightdelay.predictor.auth.caller;

import java.util.concurrent.CompletableFuture;

/**
 * What needs more than a look into memory, and is found out on another thread.
 *
 * @param verdict a caller or a rejection; it never fails
 */
public record Later(CompletableFuture<Verdict> verdict) implements Verdict {}
