package dev.flightdelay.predictor.sklearn.featureextraction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A pattern as an automaton, which finds what {@code re.findall} does in a time linear in the text,
 * whatever the pattern is: Python tries one way after the other and comes back, which for some
 * texts takes for ever.
 *
 * <p>First the text is gone through from its end, to note for each place in it the states from
 * which the pattern's end can still be reached. Then it is gone through from its beginning, and of
 * the ways that Python would try the first is taken that leads to the end, so that there is never a
 * way back.
 *
 * @see <a href="https://swtch.com/~rsc/regexp/regexp1.html">Cox, Regular Expression Matching Can Be
 *     Simple And Fast</a>, and for the two passes <a
 *     href="https://doi.org/10.1007/11557432_13">Frisch and Cardelli, Greedy Regular Expression
 *     Matching</a>, who do it so
 */
final class TokenAutomaton {

  private static final int MAX_STATES = 4096;

  /** So many places at a time are noted state by state; between them only every such place is. */
  private static final int BLOCK = 4096;

  private enum Kind {
    /** Takes a character of its set and goes on. */
    TAKE,
    /** Goes on at the first of two states, or else at the second. */
    CHOICE,
    /** Goes on where a word begins or ends. */
    BOUNDARY,
    /** Goes on where none does. */
    NO_BOUNDARY,
    /** Goes on, and the token begins here. */
    BEGIN,
    /** Goes on, and the token ends here. */
    END,
    /** Where the pattern ends. */
    ACCEPT
  }

  private final Kind[] kinds;
  private final int[] next;
  private final int[] other;
  private final CharacterSet[] sets;
  // The states that take a character, and the others, each behind those that it may go on at.
  private final int[] taking;
  private final int[] free;
  private final int start;
  private final int words;

  private TokenAutomaton(Builder builder, int start) {
    int count = builder.count;
    kinds = Arrays.copyOf(builder.kinds, count);
    next = Arrays.copyOf(builder.next, count);
    other = Arrays.copyOf(builder.other, count);
    sets = Arrays.copyOf(builder.sets, count);
    List<Integer> take = new ArrayList<>();
    List<Integer> rest = new ArrayList<>();
    for (int state = 0; state < count; state++) {
      (kinds[state] == Kind.TAKE ? take : rest).add(state);
    }
    taking = take.stream().mapToInt(Integer::intValue).toArray();
    free = rest.stream().mapToInt(Integer::intValue).toArray();
    this.start = start;
    words = (count + Long.SIZE - 1) / Long.SIZE;
  }

  int states() {
    return kinds.length;
  }

  /** Gives each token of a text in turn. */
  void forEach(String text, Consumer<String> token) {
    new Search(text.codePoints().toArray()).forEach(token);
  }

  /** One text. */
  private final class Search {

    private final int[] letters;
    // For every so many places the states from which the end can be reached.
    private final long[] marks;
    // The same for each place of the present block and the one behind it.
    private final long[] block = new long[(BLOCK + 1) * words];
    private int blockStart = -1;
    // Where the present token begins and ends.
    private int from;
    private int to;

    Search(int[] letters) {
      this.letters = letters;
      this.marks = new long[(letters.length / BLOCK + 2) * words];
      for (int first = letters.length / BLOCK * BLOCK; first >= 0; first -= BLOCK) {
        fill(first);
        System.arraycopy(block, 0, marks, first / BLOCK * words, words);
      }
    }

    /** Notes the states of each place from {@code first} on, for a block. */
    private void fill(int first) {
      int last = Math.min(letters.length, first + BLOCK);
      int at = last;
      if (last == first + BLOCK) {
        System.arraycopy(marks, last / BLOCK * words, block, BLOCK * words, words);
        at--;
      }
      for (; at >= first; at--) {
        note(at, (at - first) * words);
      }
      blockStart = first;
    }

    private void note(int at, int row) {
      Arrays.fill(block, row, row + words, 0);
      if (at < letters.length) {
        int letter = letters[at];
        int behind = row + words;
        for (int state : taking) {
          if (isSet(behind, next[state]) && sets[state].contains(letter)) {
            set(row, state);
          }
        }
      }
      for (int state : free) {
        boolean reaches =
            switch (kinds[state]) {
              case TAKE -> throw new IllegalStateException("no free state");
              case CHOICE -> isSet(row, next[state]) || isSet(row, other[state]);
              case BOUNDARY -> isSet(row, next[state]) && isBoundary(at);
              case NO_BOUNDARY -> isSet(row, next[state]) && isNoBoundary(at);
              case BEGIN, END -> isSet(row, next[state]);
              case ACCEPT -> true;
            };
        if (reaches) {
          set(row, state);
        }
      }
    }

    private boolean isBoundary(int at) {
      boolean before = at > 0 && Characters.isWord(letters[at - 1]);
      boolean after = at < letters.length && Characters.isWord(letters[at]);
      return before != after;
    }

    /** In a text without letters there is neither, to Python before 3.14. */
    private boolean isNoBoundary(int at) {
      return letters.length > 0 && !isBoundary(at);
    }

    private boolean isSet(int row, int state) {
      return (block[row + (state >> 6)] >>> state & 1) != 0;
    }

    private void set(int row, int state) {
      block[row + (state >> 6)] |= 1L << state;
    }

    /** {@code pattern_findall} in Python's {@code Modules/_sre/sre.c}. */
    void forEach(Consumer<String> token) {
      boolean mustAdvance = false;
      for (int at = 0; at <= letters.length; ) {
        int end = mustAdvance ? matchNotEmpty(at) : match(start, at);
        if (end < 0) {
          at++;
          mustAdvance = false;
          continue;
        }
        token.accept(from < 0 || to < 0 ? "" : new String(letters, from, to - from));
        mustAdvance = end == at;
        at = end;
      }
    }

    /** The row of a place. */
    private int row(int at) {
      if (at < blockStart || at >= blockStart + BLOCK) {
        fill(at / BLOCK * BLOCK);
      }
      return (at - blockStart) * words;
    }

    /** The end of the match that Python finds from a state on; -1 where there is none. */
    private int match(int first, int begin) {
      if (!isSet(row(begin), first)) {
        return -1;
      }
      from = -1;
      to = -1;
      return follow(first, begin);
    }

    private int follow(int first, int begin) {
      int at = begin;
      int state = first;
      while (kinds[state] != Kind.ACCEPT) {
        switch (kinds[state]) {
          case TAKE -> at++;
          case BEGIN -> from = at;
          case END -> to = at;
          default -> {}
        }
        state =
            kinds[state] == Kind.CHOICE && !isSet(row(at), next[state])
                ? other[state]
                : next[state];
      }
      return at;
    }

    /** The same where a match without a letter does not count: there was one at this place. */
    private int matchNotEmpty(int begin) {
      int row = row(begin);
      boolean[] reaches = new boolean[kinds.length];
      for (int state : taking) {
        reaches[state] = isSet(row, state);
      }
      for (int state : free) {
        reaches[state] =
            switch (kinds[state]) {
              case TAKE, ACCEPT -> false;
              case CHOICE -> reaches[next[state]] || reaches[other[state]];
              case BOUNDARY -> reaches[next[state]] && isBoundary(begin);
              case NO_BOUNDARY -> reaches[next[state]] && isNoBoundary(begin);
              case BEGIN, END -> reaches[next[state]];
            };
      }
      if (!reaches[start]) {
        return -1;
      }
      from = -1;
      to = -1;
      int state = start;
      while (kinds[state] != Kind.TAKE) {
        switch (kinds[state]) {
          case BEGIN -> from = begin;
          case END -> to = begin;
          default -> {}
        }
        state = kinds[state] == Kind.CHOICE && !reaches[next[state]] ? other[state] : next[state];
      }
      return follow(state, begin);
    }
  }

  /** Makes states from the pattern's end to its beginning: each is given where it goes on. */
  static final class Builder {

    private Kind[] kinds = new Kind[16];
    private int[] next = new int[16];
    private int[] other = new int[16];
    private CharacterSet[] sets = new CharacterSet[16];
    private int count;

    int accept() {
      return add(Kind.ACCEPT, 0, 0, null);
    }

    int take(CharacterSet set, int then) {
      return add(Kind.TAKE, then, 0, set);
    }

    int choice(int first, int second) {
      return add(Kind.CHOICE, first, second, null);
    }

    int boundary(boolean is, int then) {
      return add(is ? Kind.BOUNDARY : Kind.NO_BOUNDARY, then, 0, null);
    }

    int begin(int then) {
      return add(Kind.BEGIN, then, 0, null);
    }

    int end(int then) {
      return add(Kind.END, then, 0, null);
    }

    /** A set's characters, any number of them: as many as can be, or as few. */
    int any(CharacterSet set, boolean greedy, int then) {
      int loop = add(Kind.CHOICE, then, then, null);
      int again = take(set, loop);
      (greedy ? next : other)[loop] = again;
      return loop;
    }

    /**
     * @throws IllegalArgumentException if the pattern is too large
     */
    private int add(Kind kind, int then, int otherwise, CharacterSet set) {
      if (count == MAX_STATES) {
        throw new IllegalArgumentException(
            "is longer than %d letters with its repetitions written out".formatted(MAX_STATES));
      }
      if (count == kinds.length) {
        kinds = Arrays.copyOf(kinds, 2 * count);
        next = Arrays.copyOf(next, 2 * count);
        other = Arrays.copyOf(other, 2 * count);
        sets = Arrays.copyOf(sets, 2 * count);
      }
      kinds[count] = kind;
      next[count] = then;
      other[count] = otherwise;
      sets[count] = set;
      return count++;
    }

    TokenAutomaton build(int start) {
      return new TokenAutomaton(this, start);
    }
  }
}
