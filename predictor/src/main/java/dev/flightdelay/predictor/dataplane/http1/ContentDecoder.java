package dev.flightdelay.predictor.dataplane.http1;

import dev.flightdelay.predictor.dialect.Body;
import dev.flightdelay.predictor.dialect.RefusedRequestException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Undoes the compression of one body. What comes out is counted while it does: never more is kept
 * than may come out (decompression bombs). Everything must be as its format says, to the last byte:
 * several gzip members one after the other are one body, as RFC 1952 has it; anything else behind
 * the end is refused.
 */
final class ContentDecoder {

  private static final int PIECE = 8 << 10;

  // The flags of a gzip member, RFC 1952, section 2.3.1.
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final byte[] bytes;
  private final int start;
  private final int to;
  private final int most;
  private final BodyBuffer out;
  private final byte[] piece = new byte[PIECE];
  private int at;

  private ContentDecoder(Body body, int most, BodyBuffer out) {
    this.bytes = body.bytes();
    this.start = body.from();
    this.at = body.from();
    this.to = body.to();
    this.most = most;
    this.out = out;
  }

  /**
   * Undoes a body's compression.
   *
   * @param most how many bytes may come out
   * @param out takes them
   * @return whether there were no more than that; where there are, it stops
   * @throws RefusedRequestException where the body is damaged, or too many arrive at once
   */
  static boolean decode(ContentCoding coding, Body body, int most, BodyBuffer out) {
    ContentDecoder decoder = new ContentDecoder(body, most, out);
    Inflater inflater = new Inflater(coding == ContentCoding.GZIP);
    try {
      return switch (coding) {
        case GZIP -> decoder.members(inflater);
        case DEFLATE -> decoder.inflate(inflater, null) && decoder.isAtEnd();
      };
    } catch (DataFormatException damaged) {
      throw decoder.damaged("it is no valid deflate data");
    } finally {
      // Its memory is not the heap's, and would wait for a collection.
      inflater.end();
    }
  }

  private boolean members(Inflater inflater) throws DataFormatException {
    CRC32 crc = new CRC32();
    do {
      memberHeader(crc);
      crc.reset();
      int before = out.length();
      if (!inflate(inflater, crc)) {
        return false;
      }
      if (number(4) != crc.getValue()) {
        throw damaged("its checksum (CRC-32) is another");
      }
      if (number(4) != out.length() - before) {
        throw damaged("it says another length than it has");
      }
      inflater.reset();
    } while (at + 1 < to && isMember());
    return isAtEnd();
  }

  private boolean isMember() {
    return (bytes[at] & 0xff) == 0x1f && (bytes[at + 1] & 0xff) == 0x8b;
  }

  private void memberHeader(CRC32 crc) {
    int from = at;
    if (number(2) != 0x8b1f) {
      throw damaged("it does not begin as gzip does");
    }
    int method = (int) number(1);
    int flags = (int) number(1);
    if (method != 8 || (flags & RESERVED) != 0) {
      throw damaged("its gzip header has a method or flags that there are not");
    }
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip((int) number(2));
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      crc.reset();
      crc.update(bytes, from, at - from);
      if (number(2) != (crc.getValue() & 0xffff)) {
        throw damaged("the checksum of its gzip header is another");
      }
    }
  }

  private boolean inflate(Inflater inflater, CRC32 crc) throws DataFormatException {
    inflater.setInput(bytes, at, to - at);
    while (!inflater.finished()) {
      int count = inflater.inflate(piece);
      if (count == 0 && !inflater.finished()) {
        throw damaged(
            inflater.needsDictionary() ? "it needs a dictionary" : "it ends before it should");
      }
      if (count > most - out.length()) {
        return false;
      }
      out.append(piece, count);
      if (crc != null) {
        crc.update(piece, 0, count);
      }
    }
    at = to - inflater.getRemaining();
    return true;
  }

  /** Little endian. */
  private long number(int length) {
    int from = at;
    skip(length);
    long number = 0;
    for (int i = length - 1; i >= 0; i--) {
      number = number << 8 | bytes[from + i] & 0xff;
    }
    return number;
  }

  private void skip(int count) {
    if (count > to - at) {
      throw damaged("it ends before it should");
    }
    at += count;
  }

  private void skipText() {
    while (number(1) != 0) {
      // Goes on to the zero that ends it.
    }
  }

  private boolean isAtEnd() {
    if (at < to) {
      throw damaged((to - at) + " more bytes follow its end");
    }
    return true;
  }

  private RefusedRequestException damaged(String why) {
    return new RefusedRequestException(
        400,
        "the compressed body of "
            + (to - start)
            + " bytes is damaged: "
            + why
            + "; compress it again, or send it as it is");
  }
}
