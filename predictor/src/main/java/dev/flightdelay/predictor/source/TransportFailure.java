package dev.flightdelay.predictor.source;

import dev.flightdelay.predictor.network.RefusedAddressException;
import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What an exception of a client or a socket means for a fetch. */
final class TransportFailure {

  private TransportFailure() {}

  /**
   * @throws ModelFetchException where asking again does not help
   */
  static StoreAwayException classify(ModelSource source, IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case StoreAwayException away when isFirst(away) -> {
          return away;
        }
        case RefusedAddressException refused ->
            throw new ModelFetchException(
                Reason.ADDRESS_REFUSED,
                source.shown() + " is not fetched: " + refused.getMessage(),
                failure);
        case CertificateException _, SSLPeerUnverifiedException _ ->
            throw new ModelFetchException(
                Reason.UNTRUSTED_SERVER,
                source.shown()
                    + " is not fetched: its server's certificate is not one that this Java trusts for"
                    + " that host; correct it, or add its authority to the trust store",
                failure);
        default -> {}
      }
    }
    return new StoreAwayException(why(failure), Optional.empty(), failure);
  }

  /** Whether it says all there is to say; one with a cause may hide a refusal. */
  private static boolean isFirst(StoreAwayException away) {
    return away.getCause() == null;
  }

  /** By the first exception in the chain that says more than that something failed. */
  private static String why(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String known =
          switch (cause) {
            case StoreAwayException away -> away.getMessage();
            case UnknownHostException _ -> "its host's name is not known to the DNS";
            case NoRouteToHostException _ -> "there is no route to its host";
            case ConnectException _ -> "nothing answers at its host and port";
            case SocketTimeoutException _ -> "it did not answer in time";
            case SSLException _ -> "no TLS connection could be made";
            default -> "";
          };
      if (!known.isEmpty()) {
        return known;
      }
    }
    return "the connection broke";
  }
}
