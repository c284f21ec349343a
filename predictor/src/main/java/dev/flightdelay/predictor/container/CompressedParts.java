package dev.flightdelay.predictor.container;

/**
 * Of how many parts a compressed file consists. Each has tables and buffers of its own to be made,
 * however few bytes it holds, and no compressor makes many: so they are counted before any is.
 */
final class CompressedParts {

  private static final long BZ2_BLOCK = 0x314159265359L;
  private static final long BZ2_BITS = 0xffff_ffff_ffffL;
  private static final int BZ2_HEADER = 4;
  private static final int BZ2_UNIT = 100_000;

  private static final int XZ_HEADER = 12;
  private static final int[] XZ_CHECK_BYTES = {
    0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64
  };
  private static final int LZMA_COMPRESSED = 0x80;
  private static final int LZMA_RESET = 0xa0;
  private static final int LZMA_PROPERTIES = 0xc0;

  private final byte[] file;
  private int at;
  private int count;

  private CompressedParts(byte[] file) {
    this.file = file;
  }

  /**
   * What the blocks of a bzip2 file would hold at least, if each but the last of a member were full
   * as compressors make them. A block begins at any bit.
   */
  static long bz2Bytes(byte[] file) {
    long bytes = 0;
    long bits = 0;
    int level = 1;
    boolean first = true;
    for (int i = 0; i < file.length; i++) {
      if (isBz2Member(file, i)) {
        level = file[i + BZ2_HEADER - 1] - '0';
        first = true;
      }
      for (int bit = 7; bit >= 0; bit--) {
        bits = (bits << 1 | file[i] >>> bit & 1) & BZ2_BITS;
        if (bits == BZ2_BLOCK) {
          // A member's memory is that of its level; a block takes as long as it is large.
          bytes += first ? (long) level * BZ2_UNIT : BZ2_UNIT;
          first = false;
        }
      }
    }
    return bytes;
  }

  private static boolean isBz2Member(byte[] file, int i) {
    return file[i] == 'B'
        && i + BZ2_HEADER <= file.length
        && file[i + 1] == 'Z'
        && file[i + 2] == 'h'
        && file[i + 3] >= '1'
        && file[i + 3] <= '9';
  }

  /** The members of a gzip file, or a few more. */
  static int gzip(byte[] file) {
    int members = 0;
    for (int i = 0; i + 2 < file.length; i++) {
      if (file[i] == 0x1f && file[i + 1] == (byte) 0x8b && file[i + 2] == 8) {
        members++;
      }
    }
    return members;
  }

  /**
   * The blocks of an xz file and the chunks in them that begin with new tables. Where the file is
   * damaged, those before: who decompresses it says so.
   *
   * @see <a href="https://tukaani.org/xz/xz-file-format.txt">The .xz file format</a>
   */
  static int xz(byte[] file) {
    CompressedParts parts = new CompressedParts(file);
    try {
      while (parts.at < file.length) {
        parts.stream();
      }
    } catch (ArrayIndexOutOfBoundsException damaged) {
      return parts.count;
    }
    return parts.count;
  }

  private void stream() {
    int check = XZ_CHECK_BYTES[file[at + 7] & 0xf];
    skip(XZ_HEADER);
    while (file[at] != 0) {
      count++;
      skip(4 * ((file[at] & 0xff) + 1));
      int begin = at;
      chunks();
      skip((begin - at & 3) + check);
    }
    int index = at++;
    for (long records = number(); records > 0; records--) {
      number();
      number();
    }
    skip((index - at & 3) + 4);
    skip(XZ_HEADER);
    while (at < file.length && file[at] == 0) {
      at++;
    }
  }

  /** LZMA2: a chunk says how long it is. */
  private void chunks() {
    while (true) {
      int control = file[at++] & 0xff;
      if (control == 0) {
        return;
      }
      if (control < LZMA_COMPRESSED) {
        skip(2 + sixteen(at) + 1);
        continue;
      }
      if (control >= LZMA_RESET) {
        count++;
      }
      skip(4 + (control >= LZMA_PROPERTIES ? 1 : 0) + sixteen(at + 2) + 1);
    }
  }

  private int sixteen(int from) {
    return (file[from] & 0xff) << 8 | file[from + 1] & 0xff;
  }

  private long number() {
    long number = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      byte next = file[at++];
      number |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new ArrayIndexOutOfBoundsException(at);
  }

  private void skip(int bytes) {
    at += bytes;
    if (bytes < 0 || at > file.length) {
      throw new ArrayIndexOutOfBoundsException(at);
    }
  }
}
