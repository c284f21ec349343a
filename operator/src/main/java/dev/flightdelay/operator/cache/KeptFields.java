package dev.flightdelay.operator.cache;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;

/**
 * Leaves out, while objects are read, what nobody here asks for and what is large: which fields
 * others own, and most of a pod; and keeps equal texts once. Done while reading and not in the
 * caches, so that the answers to writes, which JOSDK keeps beside the caches for a while, are the
 * same.
 */
public final class KeptFields extends SimpleModule {

  private static final long serialVersionUID = 1;

  public KeptFields() {
    super("kept-fields");
    setMixInAnnotation(ObjectMeta.class, KeptMetadata.class);
    setMixInAnnotation(Pod.class, KeptPod.class);
    addDeserializer(String.class, new SharedText());
    setDeserializerModifier(new NoFurtherFields());
  }

  private abstract static class KeptMetadata {
    @JsonDeserialize(using = OwnManagedFields.class)
    List<ManagedFieldsEntry> managedFields;
  }

  private abstract static class KeptPod {
    @JsonDeserialize(using = SeenPodMetadata.class)
    ObjectMeta metadata;

    @JsonDeserialize(using = SeenPodSpec.class)
    PodSpec spec;

    @JsonDeserialize(using = SeenPodStatus.class)
    PodStatus status;
  }
}
