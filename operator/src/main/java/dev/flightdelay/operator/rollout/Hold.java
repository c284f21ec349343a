package dev.flightdelay.operator.rollout;

/** Why a version does not have the share of the traffic yet that it is to have. */
public sealed interface Hold {

  /** Whether no version's share moves as long as it lasts. */
  boolean stopsTheRoute();

  /** It was never ready: its share stays with those that have it. */
  record NotReadyYet() implements Hold {

    @Override
    public boolean stopsTheRoute() {
      return false;
    }
  }

  /**
   * The operator gives it the pods that the share needs, which waits for them as a whole.
   *
   * @param pods that must be ready
   */
  record NeedsPods(int pods) implements Hold {

    @Override
    public boolean stopsTheRoute() {
      return true;
    }
  }

  /**
   * Others decide on its pods: its share rises as far as those that are ready carry it.
   *
   * @param pods that the whole share needs
   */
  record RisesWithPods(int pods) implements Hold {

    @Override
    public boolean stopsTheRoute() {
      return false;
    }
  }
}
