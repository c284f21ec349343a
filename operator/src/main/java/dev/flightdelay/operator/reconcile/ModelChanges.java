package dev.flightdelay.operator.reconcile;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.child.Annotations;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/** Changes of a model that are worth a look: the operator's own status is none, a command is. */
public final class ModelChanges implements OnUpdateFilter<FlightDelayModel> {

  @Override
  public boolean accept(FlightDelayModel now, FlightDelayModel before) {
    ObjectMeta after = now.getMetadata();
    ObjectMeta old = before.getMetadata();
    return !Objects.equals(after.getUid(), old.getUid())
        || !Objects.equals(after.getGeneration(), old.getGeneration())
        || !Objects.equals(after.getDeletionTimestamp(), old.getDeletionTimestamp())
        || !Annotations.text(now, Annotations.PROMOTE)
            .equals(Annotations.text(before, Annotations.PROMOTE));
  }
}
