package dev.flightdelay.predictor.sklearn.multioutput;

import dev.flightdelay.predictor.estimator.Attributes;
import dev.flightdelay.predictor.model.Labels;
import dev.flightdelay.predictor.model.Model;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.Signature;
import dev.flightdelay.predictor.sklearn.FittedSignature;
import dev.flightdelay.predictor.sklearn.InnerModels;
import java.util.ArrayList;
import java.util.List;

/**
 * ClassifierChain: each output's classifier also takes what those before it said. Its labels are
 * real numbers, as the library puts them into an array of them; of probabilities the library gives
 * those of an output's last class alone, and here all stand side by side, as for any model of
 * several outputs.
 *
 * @param said what a classifier says to those behind it
 * @param columns where each output's classes begin in a row of probabilities
 */
record ClassifierChain(Signature signature, Chain chain, Said said, int[] columns)
    implements Model {

  private enum Said {
    LABEL,
    PROBABILITY,
    DECISION
  }

  static Model read(Attributes attributes) {
    Chain chain = Chain.read(attributes);
    int outputs = chain.models().size();
    List<Labels> labels = new ArrayList<>();
    for (int output = 0; output < outputs; output++) {
      labels.add(null);
    }
    for (int m = 0; m < outputs; m++) {
      labels.set(chain.order()[m], labels(attributes, chain.models().get(m).signature()));
    }
    Said said =
        switch (attributes.text("chain_method_").orElse("predict")) {
          case "predict" -> Said.LABEL;
          case "predict_proba" -> Said.PROBABILITY;
          case "decision_function" -> Said.DECISION;
          default ->
              throw attributes.invalid(
                  Reason.UNSUPPORTED,
                  "chain_method_ is none of predict, predict_proba and decision_function");
        };
    boolean binary = labels.stream().allMatch(of -> of.size() == 2);
    boolean probabilities =
        chain.models().stream().allMatch(model -> model.signature().hasProbabilities());
    boolean decisions =
        chain.models().stream().allMatch(model -> model.signature().decisionWidth() == 1);
    if (said != Said.LABEL && !binary
        || said == Said.PROBABILITY && !probabilities
        || said == Said.DECISION && !decisions) {
      throw attributes.invalid(
          Reason.MODEL_INVALID, "one of its estimators does not say how sure it is of two classes");
    }
    int[] columns = new int[outputs];
    for (int output = 1; output < outputs; output++) {
      columns[output] = columns[output - 1] + labels.get(output - 1).size();
    }
    return new ClassifierChain(
        FittedSignature.of(attributes, chain.features())
            .classes(labels)
            .hasProbabilities(binary && probabilities)
            .decisionWidth(decisions ? outputs : 0)
            .acceptsMissing(InnerModels.acceptMissing(chain.models()))
            .build(),
        chain,
        said,
        columns);
  }

  private static Labels labels(Attributes attributes, Signature classifier) {
    Labels labels =
        classifier
            .labels()
            .orElseThrow(
                () ->
                    attributes.invalid(
                        Reason.MODEL_INVALID, "one of its estimators is no classifier"));
    List<Double> numbers = new ArrayList<>();
    for (Object label : labels.values()) {
      numbers.add(
          switch (label) {
            case Number number -> number.doubleValue();
            case Boolean flag -> flag ? 1.0 : 0.0;
            default ->
                throw attributes.invalid(
                    Reason.UNSUPPORTED, "its labels are texts; encode them as numbers");
          });
    }
    return new Labels(Labels.Kind.REAL, numbers);
  }

  @Override
  public void score(Rows rows, int from, int to, Scores scores) {
    int outputs = chain.models().size();
    int width = signature.probabilityWidth();
    Rows part = InnerModels.part(rows, from, to);
    for (int m = 0; m < outputs; m++) {
      int output = chain.order()[m];
      boolean probabilities = scores.probabilities() != null || said == Said.PROBABILITY;
      boolean decisions = scores.decisions() != null || said == Said.DECISION;
      Scores one = chain.models().get(m).score(part, probabilities, decisions);
      int classes = signature.classes().get(output).size();
      for (int i = 0; i < to - from; i++) {
        int row = from + i;
        scores.labels()[row * outputs + output] = one.labels()[i];
        if (scores.decisions() != null) {
          scores.decisions()[row * outputs + output] = one.decisions()[i];
        }
        if (scores.probabilities() != null) {
          System.arraycopy(
              one.probabilities(),
              i * classes,
              scores.probabilities(),
              row * width + columns[output],
              classes);
        }
      }
      if (m < outputs - 1) {
        part = Chain.withColumn(part, said(one, signature.classes().get(output)));
      }
    }
  }

  private double[] said(Scores one, Labels labels) {
    double[] said = new double[one.count()];
    for (int i = 0; i < said.length; i++) {
      said[i] =
          switch (this.said) {
            case LABEL -> (Double) labels.value(one.labels()[i]);
            case PROBABILITY -> one.probabilities()[2 * i + 1];
            case DECISION -> one.decisions()[i];
          };
    }
    return said;
  }
}
