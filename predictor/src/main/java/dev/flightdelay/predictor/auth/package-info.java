/**
 * Who may ask: API keys, JSON Web Tokens and LDAP, each checked off the event loop where it costs
 * time, with rate limits against guessing.
 */
package dev.flightdelay.predictor.auth;
