package dev.flightdelay.local.runner;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The addresses of pods: 127.0.0.2 to 127.0.0.254. On Linux all of them are this machine, so that
 * every pod has the same ports, as in a cluster. Used by the runner's thread only.
 */
final class LoopbackAddresses {

  private static final int FIRST = 2;
  private static final int LAST = 254;

  private final Set<String> taken = new HashSet<>();
  private int next = FIRST;

  /**
   * An address on which nothing listens on these ports.
   *
   * @throws PodStartException if there is none
   */
  String take(List<Integer> ports) {
    for (int i = FIRST; i <= LAST; i++) {
      String address = "127.0.0." + next;
      next = next == LAST ? FIRST : next + 1;
      if (!taken.contains(address) && ports.stream().allMatch(port -> isFree(address, port))) {
        taken.add(address);
        return address;
      }
    }
    throw new PodStartException(
        "FailedScheduling",
        "no address from 127.0.0.2 to 127.0.0.254 has the ports %s free; stop what listens on them"
            .formatted(ports));
  }

  void release(String address) {
    taken.remove(address);
  }

  private static boolean isFree(String address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // A pod's old connections that still wait to end do not take the port.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
