/**
 * What a command line asks for, and the commands that end: {@code inspect}, {@code score} and their
 * help.
 */
package dev.flightdelay.predictor.command;
