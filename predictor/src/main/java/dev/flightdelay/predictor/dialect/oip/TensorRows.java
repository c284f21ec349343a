package dev.flightdelay.predictor.dialect.oip;

import dev.flightdelay.predictor.dialect.GivenColumns;
import dev.flightdelay.predictor.dialect.NamedFields;
import dev.flightdelay.predictor.dialect.Quoted;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import dev.flightdelay.predictor.dialect.RowBuffer;
import dev.flightdelay.predictor.model.Features;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.UnusableRowsException;
import java.util.ArrayList;
import java.util.List;

/**
 * From the tensors of an inference request to rows, whatever they were read from: one of shape
 * (rows, features) or, where the model has names, one for each feature or one-hot group.
 */
final class TensorRows {

  private final Features features;
  private final boolean acceptsMissing;
  private final int maxRows;
  private final int width;
  private final NamedFields fields;

  /**
   * @param features the columns, with the names that their tensors have
   */
  TensorRows(Features features, boolean acceptsMissing, int maxRows) {
    this.features = features;
    this.acceptsMissing = acceptsMissing;
    this.width = features.count();
    this.maxRows = RowBuffer.maxRows(width, maxRows);
    this.fields = new NamedFields(features);
  }

  int maxRows() {
    return maxRows;
  }

  /** How many numbers a tensor may have. */
  int maxNumbers() {
    return (int) Math.min(Integer.MAX_VALUE - 8L, (long) maxRows * width);
  }

  /** Refuses another tensor beside so many. */
  void checkMore(int tensors) {
    if (tensors > width) {
      throw new RefusedRequestException(
          400, "the request has more inputs than the model's " + width + " features");
    }
  }

  /**
   * The rows of a request.
   *
   * @param sent one tensor or more
   */
  Rows of(List<Tensor> sent) {
    Tensor first = sent.getFirst();
    boolean byName = sent.size() > 1 || fields.has(first.name()) && !isMatrix(first);
    if (byName && !features.hasNames()) {
      throw new RefusedRequestException(
          400,
          "the request has %d inputs; this model has no feature names, so send one input of shape"
                  .formatted(sent.size())
              + " [rows,%d]".formatted(width));
    }
    return byName ? byName(sent) : matrix(first);
  }

  private boolean isMatrix(Tensor tensor) {
    return tensor.shape().length == 2 && tensor.shape()[1] == width && width > 1;
  }

  private Rows matrix(Tensor tensor) {
    long[] shape = tensor.shape();
    boolean column = shape.length == 1 && width == 1;
    if (!column && (shape.length != 2 || shape[1] != width)) {
      throw new UnusableRowsException(
          "input %s has the shape %s; the model takes [rows,%d]"
              .formatted(Quoted.text(tensor.name()), tensor.shownShape(), width));
    }
    boolean texts = tensor.type() == TensorType.BYTES;
    if (texts && !TensorInputs.takesTextsOnly(features)) {
      throw new UnusableRowsException(
          "input "
              + Quoted.text(tensor.name())
              + " is BYTES; the model takes numbers"
              + (features.takeTexts() ? " too: send one input for each feature" : ""));
    }
    int rows = checkedRows(shape[0]);
    checkNulls(tensor, rows);
    return new Rows(tensor.numbers(), tensor.texts(), rows, width);
  }

  private Rows byName(List<Tensor> sent) {
    int rows = checkedRows(sent.getFirst().shape()[0]);
    // Before there is room for all columns of all rows: one tensor is small, whatever the model is.
    List<NamedFields.Field> columns = columns(sent, rows);
    double[] values = new double[rows * width];
    String[] texts = features.takeTexts() ? new String[rows * width] : null;
    for (int i = 0; i < sent.size(); i++) {
      Tensor input = sent.get(i);
      switch (columns.get(i)) {
        case NamedFields.Column(int index) when features.isDropped(index) -> {}
        case NamedFields.Column(int index) -> {
          boolean text = input.type() == TensorType.BYTES;
          for (int row = 0; row < rows; row++) {
            values[row * width + index] = input.numbers()[row];
            if (text) {
              texts[row * width + index] = input.texts()[row];
            }
          }
        }
        case NamedFields.Group group -> {
          for (int row = 0; row < rows; row++) {
            int category = category(input, group, row);
            if (category >= 0) {
              values[row * width + category] = 1;
            }
          }
        }
      }
    }
    return new Rows(values, texts, rows, width);
  }

  /** What each tensor's name stands for; all that the model looks at, and each once. */
  private List<NamedFields.Field> columns(List<Tensor> sent, int rows) {
    GivenColumns given = fields.noneGiven();
    List<NamedFields.Field> columns = new ArrayList<>(sent.size());
    for (Tensor input : sent) {
      long[] shape = input.shape();
      if (shape[0] != rows || shape.length == 2 && shape[1] != 1) {
        throw new UnusableRowsException(
            "input %s has the shape %s; each feature's is [%d] or [%d,1]"
                .formatted(Quoted.text(input.name()), input.shownShape(), rows, rows));
      }
      NamedFields.Field field = fields.field(input.name(), "");
      switch (field) {
        case NamedFields.Column(int index) -> {
          if (!features.isDropped(index)) {
            checkColumn(input, index);
          }
          give(given, index);
        }
        case NamedFields.Group group ->
            group.group().columns().forEach(index -> give(given, index));
      }
      columns.add(field);
    }
    if (!given.areAll()) {
      throw fields.missing(given, "");
    }
    return columns;
  }

  private void checkColumn(Tensor input, int index) {
    if (input.type() == TensorType.BYTES && !features.takesText(index)) {
      throw new UnusableRowsException(
          "input " + Quoted.text(input.name()) + " is BYTES; the feature is a number");
    }
    checkNull(input, input.firstMissing(), index);
  }

  private int category(Tensor input, NamedFields.Group group, int row) {
    String where = "row " + row + ": ";
    if (input.type() == TensorType.BYTES) {
      String text = input.texts()[row];
      if (text == null) {
        checkNull(input, row, group.group().columns().getFirst());
        return -1;
      }
      return fields.category(group, where, text);
    }
    double number = input.numbers()[row];
    if (Double.isNaN(number)) {
      checkNull(input, row, group.group().columns().getFirst());
      return -1;
    }
    return input.type() == TensorType.BOOL
        ? fields.category(
            group, where, number == 1 ? "True" : "False", number == 1 ? "true" : "false")
        : fields.category(group, where, NamedFields.categoryTexts(number));
  }

  private void give(GivenColumns given, int column) {
    if (!given.give(column)) {
      throw new UnusableRowsException(
          "the feature " + features.describe(column) + " is given twice");
    }
  }

  private int checkedRows(long rows) {
    if (rows == 0) {
      throw RowBuffer.noRows();
    }
    if (rows > maxRows) {
      throw RowBuffer.tooManyRows(maxRows);
    }
    return (int) rows;
  }

  /** Of a tensor with all columns: what is in those that are not looked at may be missing. */
  private void checkNulls(Tensor tensor, int rows) {
    if (tensor.firstMissing() < 0 || !features.haveDropped()) {
      checkNull(tensor, tensor.firstMissing() / width, tensor.firstMissing() % width);
      return;
    }
    for (int i = tensor.firstMissing(); i < rows * width; i++) {
      if (Double.isNaN(tensor.numbers()[i])) {
        if (features.isDropped(i % width)) {
          tensor.numbers()[i] = 0;
        } else {
          checkNull(tensor, i / width, i % width);
        }
      }
    }
  }

  private void checkNull(Tensor tensor, int row, int column) {
    if (tensor.firstMissing() >= 0 && !acceptsMissing) {
      throw new UnusableRowsException(
          "row %d, feature %s is null, and this model takes no missing values"
              .formatted(row, features.describe(column)));
    }
  }
}
