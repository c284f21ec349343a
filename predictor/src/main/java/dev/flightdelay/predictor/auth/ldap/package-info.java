/** User names and passwords, which an LDAP directory checks; with limits against guessing. */
package dev.flightdelay.predictor.auth.ldap;
