package dev.flightdelay.predictor.pickle;

import java.io.InputStream;

/** A file as a stream without locks that knows where it is. */
final class FileBytes extends InputStream {

  private final byte[] file;
  private int position;

  FileBytes(byte[] file, int position) {
    this.file = file;
    this.position = position;
  }

  int position() {
    return position;
  }

  @Override
  public int read() {
    return position < file.length ? file[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    int available = Math.min(length, file.length - position);
    if (available <= 0) {
      return -1;
    }
    System.arraycopy(file, position, target, offset, available);
    position += available;
    return available;
  }

  /** Passes over a line and its line feed; gives where the line feed is. */
  int skipLine() {
    while (file[position++] != '\n') {}
    return position - 1;
  }

  /** Passes over that many bytes; gives where they begin. */
  int skip(int length) {
    position += length;
    return position - length;
  }
}
