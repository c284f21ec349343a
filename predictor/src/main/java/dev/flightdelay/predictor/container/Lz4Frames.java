package dev.flightdelay.predictor.container;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.codec.digest.XXHash32;

/**
 * Frames of lz4, one after the other. Written here because Commons Compress takes half a minute for
 * 100 MB of the linked blocks that joblib writes. What is damaged ends in an IOException or an
 * IndexOutOfBoundsException, never in anything written outside of the window.
 *
 * @see <a href="https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md">The frame format</a>
 * @see <a href="https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md">The block format</a>
 */
final class Lz4Frames extends InputStream {

  private static final int MAGIC = 0x184D2204;
  private static final int SKIPPABLE = 0x184D2A5;
  private static final int HISTORY = 1 << 16;
  private static final int MIN_MATCH = 4;
  private static final int MORE = 15;

  private final ByteArrayInputStream file;
  private byte[] window = {};
  private int from;
  private int to;

  private boolean inFrame;
  private boolean linked;
  private boolean blockChecksums;
  private boolean contentChecksum;
  private int largestBlock;
  private XXHash32 content = new XXHash32();

  Lz4Frames(ByteArrayInputStream file) {
    this.file = file;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (from == to) {
      if (!(inFrame || nextFrame())) {
        return -1;
      }
      nextBlock();
    }
    int count = Math.min(length, to - from);
    System.arraycopy(window, from, target, offset, count);
    from += count;
    return count;
  }

  private boolean nextFrame() throws IOException {
    while (file.available() > 0) {
      int magic = little();
      if (magic >>> 4 == SKIPPABLE) {
        file.skipNBytes(Integer.toUnsignedLong(little()));
        continue;
      }
      if (magic != MAGIC) {
        throw new IOException("no frame of lz4");
      }
      beginFrame();
      return true;
    }
    return false;
  }

  private void beginFrame() throws IOException {
    file.mark(0);
    byte[] flags = exactly(2);
    boolean contentSize = (flags[0] & 8) != 0;
    file.reset();
    byte[] descriptor = exactly(contentSize ? 10 : 2);
    int size = flags[1] >> 4 & 7;
    if ((flags[0] & 0xc3) != 0x40 || (flags[1] & 0x8f) != 0 || size < 4) {
      throw new IOException("a frame of another version, or with a dictionary");
    }
    if (exactly(1)[0] != (byte) (hash(descriptor) >>> 8)) {
      throw new IOException("the checksum of a frame's header");
    }
    linked = (flags[0] & 0x20) == 0;
    blockChecksums = (flags[0] & 0x10) != 0;
    contentChecksum = (flags[0] & 4) != 0;
    largestBlock = 1 << 8 + 2 * size;
    if (window.length < HISTORY + largestBlock) {
      window = new byte[HISTORY + largestBlock];
    }
    content = new XXHash32();
    from = to = 0;
    inFrame = true;
  }

  private void nextBlock() throws IOException {
    int size = little();
    if (size == 0) {
      inFrame = false;
      if (contentChecksum && little() != (int) content.getValue()) {
        throw new IOException("the checksum of a frame");
      }
      return;
    }
    boolean stored = size < 0;
    int length = size & Integer.MAX_VALUE;
    if (length > largestBlock) {
      throw new IOException("a block that is larger than its frame says");
    }
    byte[] block = exactly(length);
    if (blockChecksums && little() != (int) hash(block)) {
      throw new IOException("the checksum of a block");
    }
    int kept = linked ? Math.min(to, HISTORY) : 0;
    System.arraycopy(window, to - kept, window, 0, kept);
    from = kept;
    if (stored) {
      System.arraycopy(block, 0, window, kept, length);
      to = kept + length;
    } else {
      to = decode(block, kept, kept + largestBlock);
    }
    if (contentChecksum) {
      content.update(window, from, to - from);
    }
  }

  /** Decodes a block into the window; gives the end. */
  private int decode(byte[] block, int start, int limit) throws IOException {
    int in = 0;
    int out = start;
    while (true) {
      int token = block[in++] & 0xff;
      int literals = token >>> 4;
      if (literals == MORE) {
        int more;
        do {
          more = block[in++] & 0xff;
          literals += more;
        } while (more == 0xff);
      }
      require(literals <= block.length - in && literals <= limit - out);
      System.arraycopy(block, in, window, out, literals);
      in += literals;
      out += literals;
      if (in == block.length) {
        return out;
      }
      int distance = block[in++] & 0xff;
      distance |= (block[in++] & 0xff) << 8;
      int match = token & MORE;
      if (match == MORE) {
        int more;
        do {
          more = block[in++] & 0xff;
          match += more;
        } while (more == 0xff);
      }
      match += MIN_MATCH;
      require(distance > 0 && distance <= out && match <= limit - out);
      copy(out, distance, match);
      out += match;
    }
  }

  private static void require(boolean sound) throws IOException {
    if (!sound) {
      throw new IOException("a block that leaves its bounds");
    }
  }

  /** A match may overlap with what it makes: then it repeats. */
  private void copy(int out, int distance, int length) {
    if (distance >= length) {
      System.arraycopy(window, out - distance, window, out, length);
      return;
    }
    for (int i = out; i < out + length; i++) {
      window[i] = window[i - distance];
    }
  }

  private int little() throws IOException {
    byte[] bytes = exactly(4);
    return bytes[0] & 0xff
        | (bytes[1] & 0xff) << 8
        | (bytes[2] & 0xff) << 16
        | (bytes[3] & 0xff) << 24;
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = file.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private static long hash(byte[] bytes) {
    var hash = new XXHash32();
    hash.update(bytes, 0, bytes.length);
    return hash.getValue();
  }
}
