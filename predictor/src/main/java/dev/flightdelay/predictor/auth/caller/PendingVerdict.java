package dev.flightdelay.predictor.auth.caller;

import java.util.concurrent.CompletableFuture;

/**
 * A verdict that needs more than a look into memory, and is found out on another thread.
 *
 * @param verdict a caller or a rejection; it never fails
 */
public record PendingVerdict(CompletableFuture<Verdict> verdict) implements Verdict {}
