package dev.flightdelay.predictor.explain;

import java.util.Arrays;

/**
 * How much of what came to each inner node went left, in four bytes a node. Counts of rows are kept
 * as they are; of trees whose rows have weights the share of the cover, in units of 2^-32, so that
 * a share is wrong by at most 2^-33.
 */
public final class LeftCovers {

  private static final double UNIT = 0x1p-32;
  private static final long MOST = (1L << 32) - 1;

  // For each place of an inner node a count or a share.
  private final int[] left;
  // For each tree the rows at its root; 0 where its numbers are shares.
  private final int[] roots;

  private LeftCovers(int[] left, int[] roots) {
    this.left = left;
    this.roots = roots;
  }

  /** See {@link CoverTrees#cover}: 1 where shares are kept. */
  public double root(int tree) {
    return roots[tree] == 0 ? 1 : roots[tree];
  }

  /** See {@link CoverTrees#leftCover}. */
  public double left(int tree, int place, double cover) {
    return roots[tree] == 0
        ? cover * (Integer.toUnsignedLong(left[place]) * UNIT)
        : Integer.toUnsignedLong(left[place]);
  }

  /** Collects what the trees of a file say, and whether they say it of all nodes. */
  public static final class Builder {

    private int[] left;
    private int[] roots = new int[16];
    private int trees;
    private int places;
    private boolean isComplete = true;

    /**
     * @param splits how many inner nodes there will be about
     */
    public Builder(int splits) {
      this.left = new int[splits];
    }

    /** The next tree, of which shares are kept. */
    public void tree() {
      tree(0);
    }

    /**
     * The next tree.
     *
     * @param root the rows that came to its root where all that follows are counts, else 0
     */
    public void tree(int root) {
      if (trees == roots.length) {
        roots = Arrays.copyOf(roots, 2 * trees);
      }
      roots[trees++] = root;
    }

    /** What came to the two children of the inner node at that place, in the present tree. */
    public void split(int place, double toLeft, double toRight) {
      double cover = toLeft + toRight;
      if (!(toLeft > 0 && toRight > 0 && cover < Double.POSITIVE_INFINITY)) {
        isComplete = false;
        return;
      }
      if (place >= left.length) {
        left = Arrays.copyOf(left, Math.max(place + 1, left.length + (left.length >> 1) + 8));
      }
      places = Math.max(places, place + 1);
      left[place] =
          roots[trees - 1] == 0
              ? (int) Math.clamp(Math.round(toLeft / cover / UNIT), 1L, MOST)
              : (int) toLeft;
    }

    /** The file does not say it, or not in a way that is understood. */
    public void missing() {
      isComplete = false;
    }

    /** Null where a cover is missing or nothing. */
    public LeftCovers build() {
      return isComplete
          ? new LeftCovers(
              places == left.length ? left : Arrays.copyOf(left, places),
              Arrays.copyOf(roots, trees))
          : null;
    }
  }
}
