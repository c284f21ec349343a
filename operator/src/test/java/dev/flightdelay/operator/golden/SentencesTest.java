package dev.flightdelay.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Every sentence that a person may meet in a model's status and events and in the operator's log,
 * read from where it is made, is in sentences.txt, and says there what to do next. {@code mvn -pl
 * operator test -Dtest=SentencesTest -Dgolden.write} writes the file anew; what is new in it begins
 * with a question mark, until somebody has read it and says which of the two it is.
 */
class SentencesTest {

  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Path FILE = Path.of("src", "test", "resources", "sentences.txt");

  /** What people write themselves, and what the API server says of it, has a test of its own. */
  private static final Path SCHEMA = Path.of("api", "v1alpha1");

  /** Something is wrong or is waited for, and the sentence says what a person does about it. */
  private static final String DO = "! ";

  /** It goes on by itself, or all is well: there is nothing to do. */
  private static final String NOTHING = ". ";

  private static final String UNREAD = "? ";

  /** In the file, what is filled in when the sentence is made. */
  private static final String GAP = "..";

  private static final Pattern NEXT =
      Pattern.compile(
          "\\b(add|allow|ask|change|check|choose|correct|delete|free|give|grant|have|install|kubectl"
              + "|leave|let|look|make|name|raise|rename|run|see|set|take|wait|write)\\b");

  @Test
  void areAllInTheFile() throws IOException {
    TreeSet<String> made = made();
    if (System.getProperty("golden.write") != null) {
      write(made);
    }

    assertThat(read().keySet())
        .as("run this test with -Dgolden.write, and read what is new in %s", FILE)
        .containsExactlyElementsOf(made);
  }

  @Test
  void sayWhatToDoNext() throws IOException {
    assertThat(read())
        .allSatisfy(
            (sentence, mark) -> {
              assertThat(mark).as("nobody has read: " + sentence).isIn(DO, NOTHING);
              if (mark.equals(DO)) {
                assertThat(sentence).containsPattern(NEXT);
              }
            });
  }

  private static Map<String, String> read() throws IOException {
    Map<String, String> sentences = new TreeMap<>();
    for (String line : Files.readAllLines(FILE)) {
      if (!line.startsWith("#") && !line.isBlank()) {
        sentences.put(line.substring(DO.length()), line.substring(0, DO.length()));
      }
    }
    return sentences;
  }

  private static void write(TreeSet<String> made) throws IOException {
    Map<String, String> before = Files.exists(FILE) ? read() : Map.of();
    List<String> lines = new ArrayList<>();
    lines.add("# Every sentence of the operator's, by SentencesTest. !: it says what to do next.");
    lines.add("# .: there is nothing to do. In place of .. is what it is about.");
    made.forEach(sentence -> lines.add(before.getOrDefault(sentence, UNREAD) + sentence));
    Files.write(FILE, lines);
  }

  private static TreeSet<String> made() throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(SOURCES)) {
      files =
          walk.filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.toString().contains(SCHEMA.toString()))
              .toList();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var units =
        compiler.getStandardFileManager(null, null, null).getJavaFileObjectsFromPaths(files);
    JavacTask task = (JavacTask) compiler.getTask(null, null, null, null, null, units);
    Sentences sentences = new Sentences();
    for (CompilationUnitTree unit : task.parse()) {
      sentences.scan(unit, null);
    }
    return sentences.found;
  }

  /** Texts that are put together of literals and of what is filled in, with all alternatives. */
  private static final class Sentences extends TreeScanner<Void, Void> {
    private final TreeSet<String> found = new TreeSet<>();

    @Override
    public Void visitAnnotation(AnnotationTree annotation, Void nothing) {
      return null;
    }

    @Override
    public Void scan(Tree tree, Void nothing) {
      if (tree instanceof ExpressionTree expression && isText(expression)) {
        texts(expression).stream()
            .map(text -> text.replaceAll("%[sd]", GAP).replace("%%", "%"))
            .filter(Sentences::isSentence)
            .forEach(found::add);
        scanArguments(expression);
        return null;
      }
      return super.scan(tree, nothing);
    }

    /** What is filled in may have sentences in it too. */
    private void scanArguments(ExpressionTree text) {
      switch (text) {
        case BinaryTree plus -> {
          scanArguments(plus.getLeftOperand());
          scanArguments(plus.getRightOperand());
        }
        case ParenthesizedTree inner -> scanArguments(inner.getExpression());
        case ConditionalExpressionTree choice -> {
          scan(choice.getCondition(), null);
          scanArguments(choice.getTrueExpression());
          scanArguments(choice.getFalseExpression());
        }
        case MethodInvocationTree call when isFormatted(call) -> {
          scanArguments(((MemberSelectTree) call.getMethodSelect()).getExpression());
          call.getArguments().forEach(argument -> scan(argument, null));
        }
        case MethodInvocationTree call when isShortened(call) ->
            scanArguments(call.getArguments().getFirst());
        case LiteralTree _ -> {}
        default -> super.scan(text, null);
      }
    }

    private static boolean isText(ExpressionTree expression) {
      return switch (expression) {
        case LiteralTree literal -> literal.getValue() instanceof String;
        case BinaryTree plus ->
            plus.getKind() == Tree.Kind.PLUS
                && (isText(plus.getLeftOperand()) || isText(plus.getRightOperand()));
        case ParenthesizedTree inner -> isText(inner.getExpression());
        case ConditionalExpressionTree choice ->
            isText(choice.getTrueExpression()) || isText(choice.getFalseExpression());
        case MethodInvocationTree call -> isFormatted(call) || isShortened(call);
        default -> false;
      };
    }

    private static boolean isFormatted(MethodInvocationTree call) {
      return call.getMethodSelect() instanceof MemberSelectTree select
          && select.getIdentifier().contentEquals("formatted")
          && isText(select.getExpression());
    }

    /** What is too long for a status is cut by a method of this name. */
    private static boolean isShortened(MethodInvocationTree call) {
      return call.getMethodSelect() instanceof IdentifierTree name
          && name.getName().contentEquals("shortened")
          && isText(call.getArguments().getFirst());
    }

    private static List<String> texts(ExpressionTree expression) {
      return switch (expression) {
        case LiteralTree literal when literal.getValue() instanceof String text -> List.of(text);
        case BinaryTree plus when isText(plus) ->
            texts(plus.getLeftOperand()).stream()
                .flatMap(left -> texts(plus.getRightOperand()).stream().map(right -> left + right))
                .toList();
        case ParenthesizedTree inner -> texts(inner.getExpression());
        case ConditionalExpressionTree choice when isText(choice) ->
            Stream.concat(
                    texts(choice.getTrueExpression()).stream(),
                    texts(choice.getFalseExpression()).stream())
                .toList();
        case MethodInvocationTree call when isFormatted(call) ->
            texts(((MemberSelectTree) call.getMethodSelect()).getExpression());
        case MethodInvocationTree call when isShortened(call) ->
            texts((ExpressionTree) call.getArguments().getFirst());
        default -> List.of(GAP);
      };
    }

    /** Words, and not a name, a pattern or JSON. */
    private static boolean isSentence(String text) {
      return text.matches("(?s).*[a-z]+ [a-z.]+.*") && !text.matches("(?s).*[{\\\\^\\[].*");
    }
  }
}
