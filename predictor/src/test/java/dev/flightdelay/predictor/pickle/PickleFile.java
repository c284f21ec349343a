package dev.flightdelay.predictor.pickle;

import dev.flightdelay.predictor.container.Container;
import dev.flightdelay.predictor.model.ModelRefusedException;
import java.util.Optional;

/** A file of a pickle as the predictor takes it: out of its container first. */
public final class PickleFile {

  private PickleFile() {}

  public static Pickle read(PickleReader reader, byte[] file) {
    byte[] pickle = Container.unpack(file, PickleReader.MAX_BYTES);
    Container.refuseOtherFormats(pickle);
    return reader.read(pickle, pickle == file ? 0 : file.length);
  }

  static Optional<PickleOutline> outline(PickleReader reader, byte[] file) {
    byte[] pickle;
    try {
      pickle = Container.unpack(file, PickleReader.MAX_BYTES);
      Container.refuseOtherFormats(pickle);
    } catch (ModelRefusedException noPickle) {
      return Optional.empty();
    }
    return reader.outline(pickle);
  }
}
