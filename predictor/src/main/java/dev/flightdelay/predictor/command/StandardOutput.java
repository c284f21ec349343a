package dev.flightdelay.predictor.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** What a command writes to, and how it ends where nothing more can be written. */
public final class StandardOutput extends OutputStream {

  /** Whoever reads has seen enough, as {@code head} has: nothing is wrong. */
  public static final class ClosedException extends RuntimeException {
    private ClosedException() {
      super("nobody reads standard output any more", null, false, false);
    }
  }

  /** The kernel's words for it, which the JDK hands on. */
  private static final String CLOSED = "Broken pipe";

  private final OutputStream out;

  public StandardOutput() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  StandardOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /**
   * @throws ClosedException if it is a pipe that nobody reads
   * @throws CommandException if it cannot be written, as on a full disk
   */
  @Override
  public void write(byte[] bytes, int from, int count) {
    try {
      out.write(bytes, from, count);
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains(CLOSED)) {
        throw new ClosedException();
      }
      throw new CommandException("standard output cannot be written: " + e.getMessage());
    }
  }
}
