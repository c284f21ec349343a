package dev.flightdelay.predictor.source;

import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalLong;

/** One attempt's bytes on their way into a file, counted and hashed as they come. */
public final class Download implements Closeable {

  /** Hears how many bytes have come. */
  @FunctionalInterface
  interface Listener {
    void received(long bytes, OptionalLong length);
  }

  private static final int PIECE = 64 << 10;
  private static final long BETWEEN_REPORTS = 1 << 20;

  private final String source;
  private final Path part;
  private final ModelSize limit;
  private final Listener listener;
  private final FileChannel channel;
  private final MessageDigest digest = HashedBytes.digest();

  /**
   * @param part the file to write; nothing of it is left when this is closed, unless it was kept
   */
  Download(ModelSource source, Path part, ModelSize limit, Listener listener) {
    this.source = source.shown();
    this.part = part;
    this.limit = limit;
    this.listener = listener;
    try {
      this.channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw notWritable(e);
    }
  }

  /**
   * Takes all of a body.
   *
   * @param length as the store announces it
   * @throws IOException if the body breaks off
   */
  public void receive(OptionalLong length, InputStream body) throws IOException {
    length.ifPresent(bytes -> limit.check(source, bytes));
    byte[] piece = new byte[PIECE];
    long received = 0;
    long reported = 0;
    listener.received(received, length);
    for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("the download was given up");
      }
      received += read;
      limit.check(source, received);
      digest.update(piece, 0, read);
      write(ByteBuffer.wrap(piece, 0, read));
      if (received - reported >= BETWEEN_REPORTS) {
        reported = received;
        listener.received(received, length);
      }
    }
    listener.received(received, length);
    if (length.isPresent() && length.getAsLong() != received) {
      throw new IOException("the body is not as long as announced");
    }
  }

  private void write(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw notWritable(e);
    }
  }

  /**
   * Checks what was received and, only then, gives it its name: a file of that name is whole.
   *
   * @return what is kept
   */
  ExpectedSha256 keep(Optional<ExpectedSha256> expected, Path directory) {
    ExpectedSha256 received = new ExpectedSha256(HashedBytes.hex(digest));
    expected.ifPresent(sha256 -> sha256.check(source, received.hex()));
    Path file = directory.resolve(received.fileName());
    try {
      channel.force(true);
      channel.close();
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw notWritable(e);
    }
    return received;
  }

  private ModelFetchException notWritable(IOException cause) {
    return new ModelFetchException(
        Reason.NOT_WRITABLE,
        "the model cannot be written to "
            + part.toAbsolutePath().getParent()
            + "; make the directory writable and large enough for it",
        cause);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(part);
  }
}
