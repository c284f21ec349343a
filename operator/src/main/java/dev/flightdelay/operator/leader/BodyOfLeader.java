package dev.flightdelay.operator.leader;

import static java.util.Objects.requireNonNull;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Supplier;

/** A body that ends in an error, and so its request, once this replica does not lead any more. */
final class BodyOfLeader implements BodyPublisher {

  private final BodyPublisher body;
  private final Leadership leadership;
  private final Supplier<NotLeading> refusal;

  BodyOfLeader(BodyPublisher body, Leadership leadership, Supplier<NotLeading> refusal) {
    this.body = requireNonNull(body);
    this.leadership = requireNonNull(leadership);
    this.refusal = requireNonNull(refusal);
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> connection) {
    body.subscribe(new Checked(connection));
  }

  /** Checks each piece at the moment at which it goes to the connection. */
  private final class Checked implements Subscriber<ByteBuffer> {

    private final Subscriber<? super ByteBuffer> connection;
    private Subscription subscription;
    private boolean refused;

    private Checked(Subscriber<? super ByteBuffer> connection) {
      this.connection = connection;
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
      connection.onSubscribe(given);
    }

    @Override
    public void onNext(ByteBuffer piece) {
      if (refused) {
        return;
      }
      if (leadership.leads()) {
        connection.onNext(piece);
      } else {
        refused = true;
        subscription.cancel();
        connection.onError(refusal.get());
      }
    }

    @Override
    public void onError(Throwable error) {
      connection.onError(error);
    }

    @Override
    public void onComplete() {
      if (!refused) {
        connection.onComplete();
      }
    }
  }
}
