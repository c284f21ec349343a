package dev.flightdelay.predictor.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightdelay.predictor.model.UnusableRowsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvRecordsTest {

  private static List<List<String>> records(byte[] csv) throws IOException {
    CsvRecords records = new CsvRecords(new ByteArrayInputStream(csv));
    List<List<String>> all = new ArrayList<>();
    for (List<String> record = records.next(); record != null; record = records.next()) {
      all.add(record);
    }
    return all;
  }

  private static List<List<String>> records(String csv) throws IOException {
    return records(csv.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsFieldsAsTheStandardHasThem() throws IOException {
    assertThat(records("a,b\r\n\"1,5\",\"say \"\"x\"\"\"\n,\n\n\"two\r\nlines\",é"))
        .containsExactly(
            List.of("a", "b"),
            List.of("1,5", "say \"x\""),
            List.of("", ""),
            List.of("two\r\nlines", "é"));
    assertThat(records("")).isEmpty();
    assertThat(records("\ufeffa\n")).containsExactly(List.of("a"));
  }

  @Test
  void knowsTheLineOnWhichARecordBegins() throws IOException {
    CsvRecords records =
        new CsvRecords(
            new ByteArrayInputStream("a\n\n\"x\ny\"\nb\n".getBytes(StandardCharsets.UTF_8)));

    List<Integer> lines = new ArrayList<>();
    while (records.next() != null) {
      lines.add(records.line());
    }

    assertThat(lines).containsExactly(1, 3, 5);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'a|x\"y', 'line 2 of the CSV has a quote inside a field without quotes'",
        "'a|\"x\"y', 'line 2 of the CSV has something behind a field''s closing quote'",
        "'a|\"x|y', 'line 2 of the CSV has a field whose closing quote is missing'",
        "'a^b', 'line 1 of the CSV has a CR that no LF follows'"
      })
  void saysWhereAndHowItIsMalformed(String csv, String message) {
    assertThatThrownBy(() -> records(csv.replace('|', '\n').replace('^', '\r')))
        .isInstanceOf(UnusableRowsException.class)
        .hasMessage(message);
  }

  @Test
  void refusesWhatIsNotUtf8() {
    assertThatThrownBy(() -> records(new byte[] {'a', '\n', (byte) 0xe9, '\n'}))
        .isInstanceOf(UnusableRowsException.class)
        .hasMessageContaining("not in UTF-8");
  }
}
