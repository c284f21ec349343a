package dev.flightdelay.predictor.pickle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A pickle as a list of its opcodes that some bytes edit: its lengths stay right, so that what was
 * changed comes through the verifier to the readers of models. Frames are left out.
 */
public final class EditedPickle {

  private record Part(Opcode opcode, byte[] content, byte[] second) {

    Part with(byte[] changed) {
      return new Part(opcode, changed, second);
    }
  }

  private static final byte[][] SIMPLE = {
    {'N'},
    {']'},
    {'}'},
    {')'},
    {'('},
    {'t'},
    {'e'},
    {'u'},
    {'b'},
    {'R'},
    {'0'},
    {(byte) 0x81},
    {(byte) 0x85},
    {(byte) 0x88},
    {(byte) 0x89},
    {(byte) 0x94},
    {'K', 0},
    {'K', 1},
    {'K', 3},
    {'M', (byte) 0xff, (byte) 0xff},
    {'J', (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff},
    {'J', (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0x7f},
    {'J', 0, 0, 0, (byte) 0x80},
    {(byte) 0x8a, 5, 0, 0, 0, 0, 1},
    {(byte) 0x8a, 8, 0, 0, 0, 0, 0, 0, 0, (byte) 0x80},
    {(byte) 0x8a, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1},
    {'G', 0x7f, (byte) 0xf8, 0, 0, 0, 0, 0, 0},
    {'G', 0x7f, (byte) 0xf0, 0, 0, 0, 0, 0, 0},
    {'G', (byte) 0xbf, (byte) 0xf0, 0, 0, 0, 0, 0, 0},
    {'h', 0},
    {(byte) 0x8c, 0},
    {(byte) 0x8c, 1, '0'},
    {'C', 0},
  };

  private static final long[] NUMBERS = {
    0,
    1,
    2,
    -1,
    -2,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Double.doubleToLongBits(Double.NaN),
    Double.doubleToLongBits(Double.POSITIVE_INFINITY),
    Double.doubleToLongBits(Double.MAX_VALUE),
    Double.doubleToLongBits(-1),
    Double.doubleToLongBits(0.5),
    Double.doubleToLongBits(Double.MIN_VALUE),
  };

  private final List<Part> parts;

  private EditedPickle(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * @throws dev.flightdelay.predictor.model.ModelRefusedException if it is no pickle from its first
   *     byte to its last, such as one of joblib with arrays between its opcodes
   */
  public static EditedPickle of(byte[] file) {
    OpcodeReader reader = new OpcodeReader(file, 0);
    List<Part> parts = new ArrayList<>();
    while (true) {
      Opcode opcode = reader.next();
      if (opcode != Opcode.FRAME) {
        byte[] content = Arrays.copyOfRange(file, reader.from(), reader.to());
        byte[] second =
            opcode.argument() == Opcode.Argument.TWO_LINES
                ? Arrays.copyOfRange(file, reader.secondFrom(), reader.secondTo())
                : null;
        parts.add(new Part(opcode, content, second));
      }
      if (opcode == Opcode.STOP) {
        if (reader.remaining() > 0) {
          throw reader.refuse(
              dev.flightdelay.predictor.model.ModelRefusedException.Reason.TRAILING_DATA, "more");
        }
        return new EditedPickle(parts);
      }
    }
  }

  /** The bytes or text that stand behind a text such as an attribute's name. */
  public Optional<byte[]> contentAfter(String name) {
    byte[] sought = name.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < parts.size(); i++) {
      if (Arrays.equals(parts.get(i).content, sought)) {
        for (int k = i + 1; k < Math.min(parts.size(), i + 14); k++) {
          if (parts.get(k).content.length > 256) {
            return Optional.of(parts.get(k).content);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The pickle as it is, without frames. */
  public byte[] bytes() {
    return write(parts);
  }

  /** The pickle as these bytes change it: each edit is what to do, where, and with what. */
  public byte[] edit(byte[] edits) {
    ByteBuffer in = ByteBuffer.wrap(edits).order(ByteOrder.LITTLE_ENDIAN);
    List<Part> edited = new ArrayList<>(parts);
    while (in.remaining() >= 4 && edited.size() > 1) {
      int what = in.get() & 0xff;
      int where = (in.getShort() & 0xffff) % edited.size();
      int with = in.get() & 0xff;
      Part part = edited.get(where);
      switch (what % 9) {
        case 0 -> edited.set(where, part.with(fitted(part, take(in, with % 32))));
        case 1 -> edited.set(where, part.with(overwritten(part.content, in, with)));
        case 2 -> edited.set(where, part.with(renumbered(part.content, in, with)));
        case 3 -> edited.remove(where);
        case 4 -> edited.add((where + with) % edited.size(), part);
        case 5 -> edited.set(where, edited.set((where + with) % edited.size(), part));
        case 6 -> replace(edited, where, with);
        case 7 -> copyOfSameKind(edited, where, with);
        default -> edited.set(where, part.with(resized(part, with)));
      }
    }
    return write(edited);
  }

  private static byte[] take(ByteBuffer in, int count) {
    byte[] taken = new byte[Math.min(count, in.remaining())];
    in.get(taken);
    return taken;
  }

  private static byte[] fitted(Part part, byte[] content) {
    return switch (part.opcode.argument()) {
      case NONE -> part.content;
      case ONE, TWO, FOUR, EIGHT -> Arrays.copyOf(content, part.opcode.argument().width);
      case COUNTED_ONE, COUNTED_FOUR, COUNTED_EIGHT, LINE, TWO_LINES -> content;
    };
  }

  private static byte[] overwritten(byte[] content, ByteBuffer in, int with) {
    byte[] changed = content.clone();
    if (changed.length > 0 && in.remaining() >= 2) {
      int at = (in.getShort() & 0xffff) % changed.length;
      byte[] other = take(in, 1 + with % 8);
      System.arraycopy(other, 0, changed, at, Math.min(other.length, changed.length - at));
    }
    return changed;
  }

  private static byte[] renumbered(byte[] content, ByteBuffer in, int with) {
    byte[] changed = content.clone();
    if (changed.length >= 8 && in.remaining() >= 2) {
      int at = (in.getShort() & 0xffff) % (changed.length / 8) * 8;
      ByteBuffer.wrap(changed)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putLong(at, NUMBERS[with % NUMBERS.length]);
    }
    return changed;
  }

  private static void replace(List<Part> edited, int where, int with) {
    byte[] simple = SIMPLE[with % SIMPLE.length];
    Opcode opcode = Opcode.of(simple[0] & 0xff);
    int from = opcode.argument() == Opcode.Argument.COUNTED_ONE ? 2 : 1;
    edited.set(where, new Part(opcode, Arrays.copyOfRange(simple, from, simple.length), null));
  }

  /** What stands at the {@code with}th place behind it that has the same opcode. */
  private static void copyOfSameKind(List<Part> edited, int where, int with) {
    int left = with % 32;
    for (int i = 1; i < edited.size(); i++) {
      Part other = edited.get((where + i) % edited.size());
      if (other.opcode == edited.get(where).opcode && left-- == 0) {
        edited.set(where, other);
        return;
      }
    }
  }

  private static byte[] resized(Part part, int with) {
    int length = part.content.length;
    int[] sizes = {0, length - 1, length + 1, length - 8, length + 8, length / 2, 2 * length, 1};
    return fitted(part, Arrays.copyOf(part.content, Math.max(0, sizes[with % sizes.length])));
  }

  private static byte[] write(List<Part> parts) {
    var out = new ByteArrayOutputStream();
    for (Part part : parts) {
      out.write(part.opcode.code());
      int length = part.content.length;
      switch (part.opcode.argument()) {
        case NONE, ONE, TWO, FOUR, EIGHT -> out.writeBytes(part.content);
        case COUNTED_ONE -> {
          length = Math.min(255, length);
          out.write(length);
          out.write(part.content, 0, length);
        }
        case COUNTED_FOUR -> {
          out.writeBytes(Assembler.little(4, length));
          out.writeBytes(part.content);
        }
        case COUNTED_EIGHT -> {
          out.writeBytes(Assembler.little(8, length));
          out.writeBytes(part.content);
        }
        case LINE -> {
          out.writeBytes(part.content);
          out.write('\n');
        }
        case TWO_LINES -> {
          out.writeBytes(part.content);
          out.write('\n');
          out.writeBytes(part.second);
          out.write('\n');
        }
      }
    }
    return out.toByteArray();
  }
}
