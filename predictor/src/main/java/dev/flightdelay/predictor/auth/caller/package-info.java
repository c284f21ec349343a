/** Who calls: what is found out of a request's caller, and how often each may ask (rate limit). */
package dev.flightdelay.predictor.auth.caller;
