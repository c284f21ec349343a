package dev.flightdelay.predictor.dataplane.http1;

/** What a client takes of answers' codings: the header Accept-Encoding (RFC 9110, 12.5.3). */
enum AcceptedCodings {
  /** Only what is not compressed; or nothing that there is, which is disregarded. */
  IDENTITY,
  GZIP,
  /** Nothing that is not compressed: {@code identity;q=0}. */
  GZIP_ONLY;

  /**
   * Reads the header.
   *
   * @param header null where there is none
   */
  static AcceptedCodings of(String header) {
    if (header == null) {
      return IDENTITY;
    }
    double gzip = -1;
    double identity = -1;
    double others = -1;
    for (String element : header.split(",")) {
      int parameters = element.indexOf(';');
      String name = (parameters < 0 ? element : element.substring(0, parameters)).strip();
      double quality = parameters < 0 ? 1 : quality(element.substring(parameters + 1).strip());
      if (name.equalsIgnoreCase("gzip") || name.equalsIgnoreCase("x-gzip")) {
        gzip = quality;
      } else if (name.equalsIgnoreCase("identity")) {
        identity = quality;
      } else if (name.equals("*")) {
        others = quality;
      }
    }
    gzip = gzip < 0 ? others : gzip;
    if (gzip <= 0 || gzip < identity) {
      return IDENTITY;
    }
    // Identity is acceptable unless something says that it is not.
    return identity == 0 || identity < 0 && others == 0 ? GZIP_ONLY : GZIP;
  }

  /** What is no quality is none: then nothing is compressed. */
  private static double quality(String parameter) {
    boolean valid = parameter.matches("[qQ]=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)");
    return valid ? Double.parseDouble(parameter.substring(2)) : 0;
  }
}
