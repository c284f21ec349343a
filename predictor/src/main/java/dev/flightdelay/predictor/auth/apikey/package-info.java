/** API keys: read from a folder, which is looked at again and again, and compared as hashes. */
package dev.flightdelay.predictor.auth.apikey;
