package dev.flightdelay.predictor.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.predictor.estimator.Family;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EstimatorsTest {

  @Test
  void findsEveryFamilysEstimatorsByTheirPackage() {
    for (Family family : Estimators.families()) {
      family
          .models()
          .forEach(
              (type, reader) ->
                  assertThat(Estimators.model(type)).as(type.toString()).containsSame(reader));
      family
          .transformers()
          .forEach(
              (type, reader) ->
                  assertThat(Estimators.transformer(type))
                      .as(type.toString())
                      .containsSame(reader));
    }
  }

  @Test
  void listsNoGlobalWithTwoMeanings() {
    Map<Object, Class<?>> meanings = new HashMap<>();

    for (Family family : Estimators.families()) {
      family
          .globals()
          .forEach(
              global -> {
                Class<?> other = meanings.putIfAbsent(global.global(), global.getClass());
                assertThat(other).as(global.global().toString()).isIn(null, global.getClass());
              });
    }

    assertThat(meanings).hasSizeGreaterThan(300);
  }
}
