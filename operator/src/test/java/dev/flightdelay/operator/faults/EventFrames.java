package dev.flightdelay.operator.faults;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A watch as WebSocket frames (RFC 6455, 5.2), one event each; the server's frames are not masked.
 */
final class EventFrames implements EventStream {
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int FINAL = 0x80;

  private final DataInputStream apiServer;
  private final OutputStream watcher;
  private int dataOpcode = TEXT;

  EventFrames(InputStream apiServer, OutputStream watcher) {
    this.apiServer = new DataInputStream(apiServer);
    this.watcher = watcher;
  }

  @Override
  public Optional<byte[]> next() throws IOException {
    try {
      while (true) {
        int opcode = apiServer.readUnsignedByte() & 0x0f;
        byte[] payload = new byte[Math.toIntExact(length())];
        apiServer.readFully(payload);
        if (opcode == TEXT || opcode == BINARY) {
          dataOpcode = opcode;
          return Optional.of(payload);
        }
        frame(opcode, payload);
        if (opcode == CLOSE) {
          return Optional.empty();
        }
      }
    } catch (EOFException e) {
      return Optional.empty();
    }
  }

  private long length() throws IOException {
    int length = apiServer.readUnsignedByte() & 0x7f;
    return switch (length) {
      case 126 -> apiServer.readUnsignedShort();
      case 127 -> apiServer.readLong();
      default -> length;
    };
  }

  @Override
  public void send(byte[] event) throws IOException {
    frame(dataOpcode, event);
  }

  @Override
  public void end() throws IOException {
    int goingAway = 1001;
    frame(CLOSE, ByteBuffer.allocate(2).putShort((short) goingAway).array());
  }

  private synchronized void frame(int opcode, byte[] payload) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(10).put((byte) (FINAL | opcode));
    if (payload.length < 126) {
      head.put((byte) payload.length);
    } else if (payload.length < 1 << 16) {
      head.put((byte) 126).putShort((short) payload.length);
    } else {
      head.put((byte) 127).putLong(payload.length);
    }
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(head.array(), 0, head.position());
    frame.write(payload);
    frame.writeTo(watcher);
    watcher.flush();
  }
}
