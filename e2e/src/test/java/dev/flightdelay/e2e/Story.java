package dev.flightdelay.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A class of tests that reads as a story of three actors: {@link User}, {@link Client} and {@link
 * OperatorPods}, whom its constructor is given, on the one installation that all stories share.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Installation.class)
@interface Story {}
