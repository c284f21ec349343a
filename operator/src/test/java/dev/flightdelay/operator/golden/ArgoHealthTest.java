package dev.flightdelay.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightdelay.operator.api.v1alpha1.FlightDelayModel;
import dev.flightdelay.operator.api.v1alpha1.FlightDelayModelStatus;
import dev.flightdelay.operator.status.Conditions;
import dev.flightdelay.operator.status.Conditions.Status;
import dev.flightdelay.operator.status.Conditions.Type;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.jse.JseBaseLib;

/**
 * What Argo CD makes of a model: helm/argocd/health.lua, run on the status of every golden folder.
 * {@code mvn -pl operator test -Dtest=ArgoHealthTest -Dgolden.write} writes argo-health.txt anew,
 * to be read in the diff.
 */
class ArgoHealthTest {

  private static final Path SCRIPT = Path.of("..", "helm", "argocd", "health.lua");
  private static final Path FILE = Path.of("src", "test", "resources", "argo-health.txt");
  private static final Pattern REASON = Pattern.compile("^  (\\w+) = true,$", Pattern.MULTILINE);
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  /** What the script returns. */
  private record Health(String status, String message) {}

  @Test
  void ofEveryGoldenStatusIsInTheFile() throws IOException {
    List<String> lines = new ArrayList<>();
    for (GoldenCase golden : GoldenCase.all()) {
      FlightDelayModel model = golden.model();
      model.setStatus(golden.status());
      lines.add(
          "%s: %s (%s)".formatted(golden.name(), health(model).status(), ready(model).getReason()));
    }
    if (System.getProperty("golden.write") != null) {
      Files.write(FILE, lines);
    }

    assertThat(Files.readAllLines(FILE))
        .as("run this test with -Dgolden.write, and read what is new in %s", FILE)
        .containsExactlyElementsOf(lines);
  }

  @Test
  void isHealthyExactlyWhereTheModelIsReady() throws IOException {
    for (GoldenCase golden : GoldenCase.all()) {
      FlightDelayModel model = golden.model();
      model.setStatus(golden.status());
      Condition ready = ready(model);

      Health health = health(model);

      assertThat(health.status().equals("Healthy"))
          .as(golden.name())
          .isEqualTo(ready.getStatus().equals("True"));
      assertThat(health.message()).as(golden.name()).startsWith(ready.getMessage());
    }
  }

  @Test
  void isProgressingUntilTheOperatorHasLookedAtTheGeneration() throws IOException {
    FlightDelayModel model = model("serving");
    assertThat(health(model).status()).isEqualTo("Healthy");
    model.getMetadata().setGeneration(model.getMetadata().getGeneration() + 1);
    FlightDelayModel unseen = model("serving");
    unseen.setStatus(null);

    assertThat(health(model))
        .isEqualTo(new Health("Progressing", "the operator has not looked at this generation yet"));
    assertThat(health(unseen))
        .isEqualTo(new Health("Progressing", "the operator has not looked at it yet"));
  }

  @Test
  void isDegradedWhereTheOperatorFailsAtThisGenerationWhateverTheOneBeforeWas() throws IOException {
    FlightDelayModel model = model("serving");
    FlightDelayModelStatus before = model.getStatus();
    model.getMetadata().setGeneration(before.observedGeneration() + 1);
    List<Condition> failed =
        new Conditions(before.conditions(), model.getMetadata().getGeneration(), NOW)
            .with(Type.Ready, Status.Unknown, "ReconcileFailed", "the operator tries again")
            .toList();
    model.setStatus(
        new FlightDelayModelStatus(
            before.observedGeneration(),
            before.url(),
            before.traffic(),
            before.replicas(),
            before.readyReplicas(),
            before.versions(),
            failed));

    assertThat(health(model)).isEqualTo(new Health("Degraded", "the operator tries again"));
  }

  @Test
  void namesOnlyReasonsThatTheOperatorGives() throws IOException {
    List<String> named =
        REASON
            .matcher(Files.readString(SCRIPT))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toList());
    List<String> given =
        GoldenCase.all().stream()
            .flatMap(golden -> golden.status().conditions().stream())
            .filter(condition -> condition.getType().equals(Type.Ready.name()))
            .map(Condition::getReason)
            .toList();

    assertThat(named).hasSizeGreaterThan(5);
    assertThat(given).containsAll(named);
  }

  private static FlightDelayModel model(String folder) {
    GoldenCase golden =
        GoldenCase.all().stream()
            .filter(each -> each.name().equals(folder))
            .findFirst()
            .orElseThrow();
    FlightDelayModel model = golden.model();
    model.setStatus(golden.status());
    return model;
  }

  private static Condition ready(FlightDelayModel model) {
    return model.getStatus().conditions().stream()
        .filter(condition -> condition.getType().equals(Type.Ready.name()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * As Argo CD does: the resource is the global obj, and there is little more than the language.
   */
  private static Health health(FlightDelayModel model) throws IOException {
    Globals lua = new Globals();
    lua.load(new JseBaseLib());
    lua.load(new PackageLib());
    LoadState.install(lua);
    LuaC.install(lua);
    lua.set("obj", lua(Serialization.unmarshal(Serialization.asJson(model), Map.class)));

    LuaValue returned = lua.load(Files.readString(SCRIPT), SCRIPT.toString()).call();

    return new Health(
        returned.get("status").checkjstring(), returned.get("message").checkjstring());
  }

  private static LuaValue lua(Object value) {
    return switch (value) {
      case null -> LuaValue.NIL;
      case Map<?, ?> map -> {
        LuaTable table = new LuaTable();
        map.forEach((key, each) -> table.set((String) key, lua(each)));
        yield table;
      }
      case List<?> list -> {
        LuaTable table = new LuaTable();
        list.forEach(each -> table.insert(0, lua(each)));
        yield table;
      }
      case Number number -> LuaValue.valueOf(number.doubleValue());
      case Boolean flag -> LuaValue.valueOf(flag);
      default -> LuaValue.valueOf(value.toString());
    };
  }
}
