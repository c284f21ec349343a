package dev.flightdelay.predictor.page;

import dev.flightdelay.predictor.auth.scheme.SecurityScheme;
import dev.flightdelay.predictor.dialect.DialectSettings;
import dev.flightdelay.predictor.dialect.Pages;
import dev.flightdelay.predictor.dialect.all.Dialects;
import dev.flightdelay.predictor.model.Rows;
import dev.flightdelay.predictor.model.Scores;
import dev.flightdelay.predictor.model.ServedModel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The pages of one model. Nothing is read or made before somebody asks for it. */
public final class ModelPages implements Pages {

  /** As the document says; no row is read here. */
  private static final int MAX_ROWS = 10_000;

  private final Supplier<FormPage> page;
  private final Supplier<byte[]> form;
  private final Supplier<byte[]> openApi;
  private final Documentation documentation = new Documentation();

  /**
   * @param security how callers send what they are known by; empty where everybody may call
   */
  public ModelPages(ServedModel model, List<SecurityScheme> security) {
    this.page = new Once<>(() -> new FormPage(model));
    this.form = new Once<>(() -> utf8(page.get().form()));
    this.openApi = new Once<>(() -> utf8(openApi(model, security).document()));
  }

  private OpenApi openApi(ServedModel model, List<SecurityScheme> security) {
    return new OpenApi(model, Dialects.of(DialectSettings.of(model, MAX_ROWS), this), security);
  }

  @Override
  public byte[] form() {
    return form.get();
  }

  @Override
  public byte[] answered(Map<String, String> entered, Rows rows, Scores scores) {
    return utf8(page.get().answered(entered, rows, scores));
  }

  @Override
  public byte[] refused(Map<String, String> entered, String message) {
    return utf8(page.get().refused(entered, message));
  }

  @Override
  public byte[] openApi() {
    return openApi.get();
  }

  @Override
  public Optional<Asset> asset(String path) {
    return documentation.asset(path);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A value made when it is first asked for. */
  private static final class Once<T> implements Supplier<T> {
    private final Supplier<T> make;
    private volatile T made;

    Once(Supplier<T> make) {
      this.make = make;
    }

    @Override
    public T get() {
      T value = made;
      if (value == null) {
        synchronized (this) {
          value = made;
          if (value == null) {
            value = make.get();
            made = value;
          }
        }
      }
      return value;
    }
  }
}
