package dev.flightdelay.predictor.network;

import java.net.InetAddress;

/**
 * Addresses that share their first bits.
 *
 * @param prefix how many bits
 */
record AddressRange(InetAddress network, int prefix) {

  /**
   * @param cidr such as 10.0.0.0/8
   */
  static AddressRange of(String cidr) {
    int slash = cidr.indexOf('/');
    return new AddressRange(
        InetAddress.ofLiteral(cidr.substring(0, slash)),
        Integer.parseInt(cidr.substring(slash + 1)));
  }

  boolean contains(InetAddress address) {
    byte[] theirs = address.getAddress();
    byte[] ours = network.getAddress();
    if (theirs.length != ours.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit += 8) {
      int mask = prefix - bit >= 8 ? 0xff : 0xff << (8 - (prefix - bit)) & 0xff;
      if (((theirs[bit / 8] ^ ours[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
