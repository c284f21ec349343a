package dev.flightdelay.predictor.catboost;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table of a FlatBuffer: fields by number, each absent or at an offset that its table of offsets
 * tells (flatbuffers.dev, "FlatBuffer Internals"). Nothing is made for a vector that the buffer has
 * no room for; and since many tables may share a vector, all that is read is bounded by some times
 * the buffer's size.
 */
final class FlatTable {

  /** CatBoost shares what describes a combination of features between its statistics. */
  private static final long READ_AGAIN = 4;

  private static final long ALWAYS_READ = 1 << 16;

  /** How many bytes may still be read. */
  private static final class Allowance {
    private long left;
  }

  private final ByteBuffer buffer;
  private final Allowance allowance;
  private final int position;
  private final int offsets;
  private final int fields;

  private FlatTable(ByteBuffer buffer, Allowance allowance, int position) {
    this.buffer = buffer;
    this.allowance = allowance;
    this.position = require(buffer, position, 4);
    this.offsets = require(buffer, (long) position - buffer.getInt(position), 4);
    int size = Short.toUnsignedInt(buffer.getShort(offsets));
    require(buffer, offsets, size);
    this.fields = (size - 4) / 2;
  }

  /**
   * The table that the buffer begins with.
   *
   * @throws UnreadableModelException here and in all methods, if something lies outside the buffer
   */
  static FlatTable root(byte[] bytes, int from, int size) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, from, size).slice().order(ByteOrder.LITTLE_ENDIAN);
    require(buffer, 0, 4);
    Allowance allowance = new Allowance();
    allowance.left = ALWAYS_READ + READ_AGAIN * size;
    return new FlatTable(buffer, allowance, target(buffer, 0));
  }

  Optional<FlatTable> table(int field) {
    int at = at(field, 4);
    return at < 0
        ? Optional.empty()
        : Optional.of(new FlatTable(buffer, allowance, target(buffer, at)));
  }

  List<FlatTable> tables(int field) {
    List<FlatTable> tables = new ArrayList<>();
    int vector = vector(field, 4);
    // What is made of a table is larger than where it is.
    allow(32L * length(vector));
    for (int i = 0; i < length(vector); i++) {
      tables.add(new FlatTable(buffer, allowance, target(buffer, vector + 4 + 4 * i)));
    }
    return tables;
  }

  /** How many items of at least a byte each the vector has; 0 if there is none. */
  int count(int field) {
    return length(vector(field, 1));
  }

  Optional<String> text(int field) {
    int vector = vector(field, 1);
    if (vector < 0) {
      return Optional.empty();
    }
    byte[] text = new byte[length(vector)];
    buffer.get(vector + 4, text);
    return Optional.of(new String(text, StandardCharsets.UTF_8));
  }

  List<String> texts(int field) {
    List<String> texts = new ArrayList<>();
    int vector = vector(field, 4);
    for (int i = 0; i < length(vector); i++) {
      int at = checkedVector(target(buffer, vector + 4 + 4 * i), 1);
      byte[] text = new byte[length(at)];
      buffer.get(at + 4, text);
      texts.add(new String(text, StandardCharsets.UTF_8));
    }
    return texts;
  }

  /** A vector's bytes, where they are. */
  ByteBuffer bytes(int field) {
    int vector = vector(field, 1);
    return buffer.slice(vector < 0 ? 0 : vector + 4, length(vector)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * A vector of structs, where they are.
   *
   * @param words how many words of four bytes each struct has
   */
  ByteBuffer structs(int field, int words) {
    int vector = vector(field, 4 * words);
    return buffer
        .slice(vector < 0 ? 0 : vector + 4, 4 * words * length(vector))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  int[] integers(int field) {
    int vector = vector(field, 4);
    int[] integers = new int[length(vector)];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = buffer.getInt(vector + 4 + 4 * i);
    }
    return integers;
  }

  float[] floats(int field) {
    int vector = vector(field, 4);
    float[] floats = new float[length(vector)];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = buffer.getFloat(vector + 4 + 4 * i);
    }
    return floats;
  }

  double[] doubles(int field) {
    int vector = vector(field, 8);
    double[] doubles = new double[length(vector)];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = buffer.getDouble(vector + 4 + 8 * i);
    }
    return doubles;
  }

  int integer(int field, int absent) {
    int at = at(field, 4);
    return at < 0 ? absent : buffer.getInt(at);
  }

  byte octet(int field, int absent) {
    int at = at(field, 1);
    return at < 0 ? (byte) absent : buffer.get(at);
  }

  float real32(int field, float absent) {
    int at = at(field, 4);
    return at < 0 ? absent : buffer.getFloat(at);
  }

  double real(int field, double absent) {
    int at = at(field, 8);
    return at < 0 ? absent : buffer.getDouble(at);
  }

  /** Where a field is, or -1. */
  private int at(int field, int size) {
    if (field >= fields) {
      return -1;
    }
    int offset = Short.toUnsignedInt(buffer.getShort(offsets + 4 + 2 * field));
    return offset == 0 ? -1 : require(buffer, (long) position + offset, size);
  }

  /** Where a vector's length is, its items behind it; or -1. */
  private int vector(int field, int itemSize) {
    int at = at(field, 4);
    if (at < 0) {
      return -1;
    }
    return checkedVector(target(buffer, at), itemSize);
  }

  private int checkedVector(int vector, int itemSize) {
    long size = 4 + Integer.toUnsignedLong(buffer.getInt(vector)) * itemSize;
    require(buffer, vector, size);
    allow(size);
    return vector;
  }

  private void allow(long bytes) {
    allowance.left -= bytes;
    if (allowance.left < 0) {
      throw UnreadableModelException.invalid("it is made of the same bytes again and again");
    }
  }

  private int length(int vector) {
    return vector < 0 ? 0 : buffer.getInt(vector);
  }

  private static int target(ByteBuffer buffer, int at) {
    return require(buffer, at + Integer.toUnsignedLong(buffer.getInt(at)), 4);
  }

  private static int require(ByteBuffer buffer, long from, long size) {
    if (from < 0 || size < 0 || from + size > buffer.limit()) {
      throw UnreadableModelException.invalid("something lies outside the model's bytes");
    }
    return (int) from;
  }
}
