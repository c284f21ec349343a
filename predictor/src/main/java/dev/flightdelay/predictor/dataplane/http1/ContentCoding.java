package dev.flightdelay.predictor.dataplane.http1;

import io.netty.util.AsciiString;

/** How a body may be compressed (RFC 9110, section 8.4.1). */
enum ContentCoding {
  GZIP,
  /** A zlib stream (RFC 1950), as the RFC says; not the bare one that some call so. */
  DEFLATE;

  private static final AsciiString GZIP_NAME = AsciiString.cached("gzip");
  private static final AsciiString OLD_GZIP_NAME = AsciiString.cached("x-gzip");
  private static final AsciiString DEFLATE_NAME = AsciiString.cached("deflate");

  /** The coding of that name, in whatever case; null where it is none of these, or several. */
  static ContentCoding of(CharSequence name) {
    if (GZIP_NAME.contentEqualsIgnoreCase(name) || OLD_GZIP_NAME.contentEqualsIgnoreCase(name)) {
      return GZIP;
    }
    return DEFLATE_NAME.contentEqualsIgnoreCase(name) ? DEFLATE : null;
  }
}
