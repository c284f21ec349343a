package dev.flightdelay.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who watches what, and the last events, so that a watch starts where a list ended. Not
 * thread-safe: guarded by the dispatcher's lock, so that events go out in their order.
 */
final class Watches {

  private static final int KEPT_EVENTS = 5_000;

  /** A change of an object; before or after is null where it came or went. */
  private record Change(long version, ResourceType type, JsonNode before, JsonNode after) {}

  private final Deque<Change> changes = new ArrayDeque<>();
  private final Set<Watch> open = new LinkedHashSet<>();
  private final Object lock;
  private long forgotten;

  Watches(Object lock) {
    this.lock = lock;
  }

  void changed(long version, ResourceType type, JsonNode before, JsonNode after) {
    Change change = new Change(version, type, before, after);
    changes.addLast(change);
    if (changes.size() > KEPT_EVENTS) {
      forgotten = changes.removeFirst().version();
    }
    open.forEach(watch -> watch.send(change));
  }

  /** Tells those who asked for it how far they have seen. */
  void bookmark(long version) {
    open.forEach(watch -> watch.bookmark(version, false));
  }

  /**
   * A watch that begins once its connection is open.
   *
   * @param current the objects there are: sent first where the watch has no version to start from
   */
  WebSocketListener watch(
      ResourceType type,
      ResourcePath path,
      boolean asTable,
      List<ObjectNode> current,
      long version) {
    return new Watch(type, path, asTable, current, version);
  }

  private final class Watch extends WebSocketListener {

    private final ResourceType type;
    private final ResourcePath path;
    private final Selector selector;
    private final boolean asTable;
    private final List<ObjectNode> current;
    private final long listedAt;
    private WebSocket socket;

    Watch(
        ResourceType type,
        ResourcePath path,
        boolean asTable,
        List<ObjectNode> current,
        long listedAt) {
      this.type = type;
      this.path = path;
      this.selector = Selector.of(path);
      this.asTable = asTable;
      this.current = current;
      this.listedAt = listedAt;
    }

    @Override
    public void onOpen(WebSocket opened, Response response) {
      synchronized (lock) {
        socket = opened;
        String asked = path.query().getOrDefault("resourceVersion", "");
        boolean initial = path.query().getOrDefault("sendInitialEvents", "").equals("true");
        long since;
        if (initial || asked.isEmpty() || asked.equals("0")) {
          current.stream().filter(selector::matches).forEach(object -> send("ADDED", object));
          since = listedAt;
        } else {
          since = Long.parseLong(asked);
        }
        if (since < forgotten) {
          send("ERROR", ApiException.expired(asked).status());
          socket.close(1000, "expired");
          return;
        }
        changes.stream().filter(change -> change.version() > since).forEach(this::send);
        if (initial) {
          bookmark(listedAt, true);
        }
        open.add(this);
      }
    }

    @Override
    public void onClosing(WebSocket closing, int code, String reason) {
      closed();
    }

    @Override
    public void onClosed(WebSocket closed, int code, String reason) {
      closed();
    }

    @Override
    public void onFailure(WebSocket failed, Throwable error, Response response) {
      closed();
    }

    private void closed() {
      synchronized (lock) {
        open.remove(this);
      }
    }

    private void send(Change change) {
      if (!change.type().equals(type)) {
        return;
      }
      boolean before = change.before() != null && selector.matches(change.before());
      boolean after = change.after() != null && selector.matches(change.after());
      if (before && after) {
        send("MODIFIED", change.after());
      } else if (after) {
        send("ADDED", change.after());
      } else if (before) {
        ObjectNode last = change.before().deepCopy();
        last.withObject("metadata").put("resourceVersion", String.valueOf(change.version()));
        send("DELETED", last);
      }
    }

    private void bookmark(long version, boolean initialEnd) {
      if (!initialEnd && !path.query().getOrDefault("allowWatchBookmarks", "").equals("true")) {
        return;
      }
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      object.put("kind", type.kind()).put("apiVersion", type.apiVersion());
      ObjectNode metadata = object.putObject("metadata");
      metadata.put("resourceVersion", String.valueOf(version));
      if (initialEnd) {
        metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
      }
      send("BOOKMARK", object);
    }

    private void send(String event, ObjectNode object) {
      send(event, (JsonNode) object);
    }

    private void send(String event, JsonNode object) {
      ObjectNode message = JsonNodeFactory.instance.objectNode().put("type", event);
      message.set(
          "object",
          asTable && !event.equals("ERROR")
              ? Table.of(type, List.of(object), object.at("/metadata/resourceVersion").asText())
              : object);
      socket.send(message.toString());
    }
  }
}
