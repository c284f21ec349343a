package dev.flightdelay.predictor.sklearn.naivebayes;

import dev.flightdelay.predictor.estimator.Family;

/** scikit-learn's {@code naive_bayes}. */
public final class NaiveBayesFamily {

  private static final String MODULE = "sklearn.naive_bayes";

  public static final Family FAMILY =
      Family.builder()
          .model(GaussianNB::read, "GaussianNB", MODULE)
          .model(DiscreteNB::multinomial, "MultinomialNB", MODULE)
          .model(DiscreteNB::bernoulli, "BernoulliNB", MODULE)
          .model(DiscreteNB::complement, "ComplementNB", MODULE)
          .model(CategoricalNB::read, "CategoricalNB", MODULE)
          .since("0.20", "ComplementNB")
          .since("0.22", "CategoricalNB")
          .build();

  private NaiveBayesFamily() {}
}
