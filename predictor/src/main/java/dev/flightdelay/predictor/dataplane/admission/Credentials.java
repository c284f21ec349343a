package dev.flightdelay.predictor.dataplane.admission;

/**
 * What a request says of who calls, in whatever protocol.
 *
 * @param authorization the header Authorization; null where there is none
 * @param apiKey the header x-api-key; null where there is none
 * @param count how many headers say who calls
 */
public record Credentials(String authorization, String apiKey, int count) {}
