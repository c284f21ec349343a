package dev.flightdelay.predictor.container;

import dev.flightdelay.predictor.model.ModelRefusedException;
import dev.flightdelay.predictor.model.ModelRefusedException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZInputStream;

/**
 * The compressions of a whole file that joblib and people use, told by the first bytes. What comes
 * out is bounded before it is kept: a small file that unfolds into something enormous, a
 * decompression bomb, is refused.
 */
enum Compression {
  ZLIB("zlib", "x\u0001", "x\u005e", "x\u009c", "x\u00da"),
  /** joblib before 0.10: these letters, the length as text, and zlib. */
  Z_FILE("joblib's zlib before 0.10", "ZF0x"),
  GZIP("gzip", "\u001f\u008b"),
  BZ2("bzip2", "BZh"),
  XZ("xz", "\u00fd7zXZ\0"),
  LZMA("lzma", "]\0\0"),
  LZ4("lz4", "\u0004\"M\u0018");

  private static final int MEBIBYTE = 1 << 20;
  private static final int KIBIBYTE = 1 << 10;

  /** What zeros, the best that a real model holds, come to in every compression but zlib. */
  private static final long MAX_RATIO = 200;

  /** A small file may be better compressed than that. */
  private static final long ALWAYS_ALLOWED = 64 * MEBIBYTE;

  /** The dictionary of the highest level of xz has 64 MiB. */
  private static final long MAX_DICTIONARY = 80 * MEBIBYTE;

  private static final int MIN_PIECE = 64 * KIBIBYTE;
  private static final int MAX_PIECE = 8 * MEBIBYTE;

  private static final int Z_FILE_HEADER = 21;

  /** Compressors that work on many processors make a part of every 100 KB and more. */
  private static final int ALWAYS_ALLOWED_PARTS = 1000;

  private static final int BYTES_PER_PART = 256;

  private final String description;
  private final List<Magic> magics;

  Compression(String description, String... magics) {
    this.description = description;
    this.magics = List.of(magics).stream().map(magic -> Magic.at(0, magic)).toList();
  }

  /** How the file is compressed; empty if it is not. */
  static Optional<Compression> of(byte[] file) {
    for (Compression compression : values()) {
      for (Magic magic : compression.magics) {
        if (magic.isIn(file)) {
          return Optional.of(compression);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * What the file holds.
   *
   * @param largest how many bytes that may be at most
   * @param heap how many bytes of objects there is room for
   * @throws ModelRefusedException if the file is damaged, or holds more than a model of its size
   *     could
   */
  byte[] decompress(byte[] file, long heap, long largest) {
    requireFewParts(file, largest);
    var compressed = new ByteArrayInputStream(file);
    long dictionary = this == XZ || this == LZMA ? Math.min(MAX_DICTIONARY, heap / 2) : 0;
    long room = heap - dictionary - file.length;
    List<byte[]> pieces = new ArrayList<>();
    long size;
    try (InputStream stream = open(compressed, (int) (dictionary / KIBIBYTE))) {
      size = readPieces(stream, pieces, limit(file.length, largest), room);
    } catch (MemoryLimitException large) {
      throw refuse(
          Reason.BUDGET_EXCEEDED,
          "asks for %d MiB to be decompressed with, and may have %d MiB: compress it less, or give this process more memory"
              .formatted(large.getMemoryNeeded() / KIBIBYTE + 1, dictionary / MEBIBYTE));
    } catch (ModelRefusedException refused) {
      throw refused;
    } catch (IOException | RuntimeException damaged) {
      // The decompressors throw other exceptions too for what no compressor writes.
      throw new ModelRefusedException(
          Reason.CONTAINER_REJECTED,
          file.length - compressed.available(),
          "the compressed file (%s) is damaged, cut short, or followed by something else: upload it again"
              .formatted(description));
    }
    if (compressed.available() > 0) {
      throw new ModelRefusedException(
          Reason.TRAILING_DATA,
          file.length - compressed.available(),
          "%d bytes follow the end of the compressed data (%s); save one model into a file of its own"
              .formatted(compressed.available(), description));
    }
    return join(pieces, (int) size);
  }

  private static long limit(int compressed, long largest) {
    return Math.min(largest, Math.max(ALWAYS_ALLOWED, MAX_RATIO * (long) compressed));
  }

  private InputStream open(ByteArrayInputStream file, int dictionaryKibibytes) throws IOException {
    return switch (this) {
      case ZLIB -> new Zlib(file);
      case Z_FILE -> {
        file.skipNBytes(Z_FILE_HEADER);
        file.mark(1);
        // Python 2 wrote a space more.
        if (file.read() != ' ') {
          file.reset();
        }
        yield new Zlib(file);
      }
      case GZIP ->
          GzipCompressorInputStream.builder()
              .setInputStream(file)
              .setDecompressConcatenated(true)
              .get();
      case BZ2 -> new BZip2CompressorInputStream(file, true);
      // With a cache: each of many small blocks may ask for a large dictionary.
      case XZ -> new XZInputStream(file, dictionaryKibibytes, true, new BasicArrayCache());
      case LZMA -> new LZMAInputStream(file, dictionaryKibibytes);
      case LZ4 -> new Lz4Frames(file);
    };
  }

  private void requireFewParts(byte[] file, long largest) {
    boolean few =
        switch (this) {
          case BZ2 -> CompressedParts.bz2Bytes(file) <= limit(file.length, largest);
          case GZIP -> CompressedParts.gzip(file) <= mostParts(file);
          case XZ -> CompressedParts.xz(file) <= mostParts(file);
          case ZLIB, Z_FILE, LZMA, LZ4 -> true;
        };
    if (!few) {
      throw refuse(
          Reason.BUDGET_EXCEEDED,
          "is made of far more compressed parts than one of its size: compress it as one");
    }
  }

  private static int mostParts(byte[] file) {
    return ALWAYS_ALLOWED_PARTS + file.length / BYTES_PER_PART;
  }

  private long readPieces(InputStream stream, List<byte[]> pieces, long limit, long room)
      throws IOException {
    long size = 0;
    while (true) {
      int wanted = Math.clamp(size / 4, MIN_PIECE, MAX_PIECE);
      // Beside the pieces there is to be room for the whole.
      if (2 * size + wanted > room) {
        throw refuse(
            Reason.BUDGET_EXCEEDED,
            "holds more than %d MiB, for which this process has too little memory; give it more"
                .formatted(size / MEBIBYTE));
      }
      byte[] piece = stream.readNBytes(wanted);
      if (piece.length == 0) {
        return size;
      }
      size += piece.length;
      if (size > limit) {
        throw refuse(
            Reason.BUDGET_EXCEEDED,
            "holds more than %d MiB, far more than a model of its size does"
                .formatted(limit / MEBIBYTE));
      }
      pieces.add(piece);
    }
  }

  private static byte[] join(List<byte[]> pieces, int size) {
    byte[] whole = new byte[size];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, whole, at, piece.length);
      at += piece.length;
    }
    return whole;
  }

  private ModelRefusedException refuse(Reason reason, String sentence) {
    return new ModelRefusedException(
        reason, 0, "the compressed file (%s) %s".formatted(description, sentence));
  }

  @Override
  public String toString() {
    return description;
  }

  /** A zlib stream that gives back to the file what it read of it beyond its end. */
  private static final class Zlib extends InflaterInputStream {

    private boolean ended;

    Zlib(ByteArrayInputStream file) {
      super(file, new Inflater());
      // The whole of what is left, at once: a mark at the place where it begins.
      buf = new byte[MIN_PIECE];
    }

    @Override
    protected void fill() throws IOException {
      in.mark(0);
      super.fill();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      if (count < 0 && !ended) {
        ended = true;
        int unread = inf.getRemaining();
        in.reset();
        in.skipNBytes(len - unread);
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      inf.end();
      super.close();
    }
  }
}
