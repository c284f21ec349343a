package dev.flightdelay.predictor.source.store;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.apache.v5.Apache5HttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.Objects;
import com.google.auth.Retryable;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import dev.flightdelay.predictor.network.AllowedHosts;
import dev.flightdelay.predictor.network.GuardedHttpClient;
import dev.flightdelay.predictor.network.InvalidAddressException;
import dev.flightdelay.predictor.source.Download;
import dev.flightdelay.predictor.source.FetchSettings;
import dev.flightdelay.predictor.source.GcsFolder;
import dev.flightdelay.predictor.source.GcsLocation;
import dev.flightdelay.predictor.source.GcsSource;
import dev.flightdelay.predictor.source.ModelFetchException;
import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import dev.flightdelay.predictor.source.ModelFolder;
import dev.flightdelay.predictor.source.RemoteStore;
import dev.flightdelay.predictor.source.StoreAwayException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Google Cloud Storage, read with Application Default Credentials: a key file, or the identity of
 * the pod or machine by its metadata server. Without any, what is public can still be read.
 */
final class GcsStore implements RemoteStore {

  private static final Logger log = LoggerFactory.getLogger(GcsStore.class);

  private static final String READ_ONLY = "https://www.googleapis.com/auth/devstorage.read_only";

  /** A folder with more files than this is none that holds a model. */
  private static final long MAX_FILES = 1000;

  private final GcsLocation source;
  private final FetchSettings settings;
  private final Optional<Endpoint> endpoint;
  private volatile CloseableHttpClient client;
  private boolean identified;
  private Optional<GoogleCredentials> credentials = Optional.empty();

  GcsStore(GcsLocation source, FetchSettings settings) {
    this.source = source;
    this.settings = settings;
    this.endpoint =
        settings
            .storageEmulatorHost()
            .map(host -> Endpoint.of(host, "STORAGE_EMULATOR_HOST"))
            .or(
                () ->
                    new MountedCredentials(settings.credentialsDirectory())
                        .endpoint()
                        .map(uri -> Endpoint.of(uri, "the credentials' file endpoint")));
  }

  @Override
  public void send(Download download) throws IOException {
    if (!identified) {
      credentials = credentials();
      identified = true;
    }
    if (credentials.isPresent()) {
      refresh(credentials.get());
    }
    CloseableHttpClient connection = GuardedHttpClient.to(settings.allowedHosts());
    client = connection;
    try {
      ask(connection, download);
    } finally {
      // Google's client has no way to end a body but to read the rest of it.
      connection.close(CloseMode.IMMEDIATE);
    }
  }

  private void ask(CloseableHttpClient connection, Download download) throws IOException {
    Storage.Objects objects = storage(connection).objects();
    GcsSource object =
        switch (source) {
          case GcsSource named -> named;
          case GcsFolder folder -> only(objects, folder);
        };
    Storage.Objects.Get get = objects.get(object.bucket(), object.object());
    // The object as its owner hashed it, not as it travels.
    get.setReturnRawInputStream(true);
    HttpResponse response = get.executeMedia();
    requireOk(object, response);
    Long length = response.getHeaders().getContentLength();
    InputStream body = response.getContent();
    download.receive(
        length == null ? OptionalLong.empty() : OptionalLong.of(length),
        body == null ? InputStream.nullInputStream() : body);
  }

  /** The one model among the objects directly in a folder. */
  private GcsSource only(Storage.Objects objects, GcsFolder folder) throws IOException {
    HttpResponse response =
        objects
            .list(folder.bucket())
            .setPrefix(folder.prefix())
            .setDelimiter("/")
            .setMaxResults(MAX_FILES)
            .setFields("items/name,nextPageToken")
            .executeUnparsed();
    requireOk(folder, response);
    Objects listed = response.parseAs(Objects.class);
    if (listed.getNextPageToken() != null) {
      throw new ModelFetchException(
          Reason.INVALID_SETTINGS,
          "%s has more than %d files; name the one to serve with MODEL_URI"
              .formatted(folder.shown(), MAX_FILES));
    }
    List<String> names =
        Optional.ofNullable(listed.getItems()).orElse(List.of()).stream()
            .map(object -> object.getName().substring(folder.prefix().length()))
            // What stands for the folder itself, where a console has made it.
            .filter(name -> !name.isEmpty())
            .toList();
    GcsSource only = folder.object(ModelFolder.only(folder.shown(), names));
    log.atInfo().addKeyValue("object", only.shown()).log("model found in its folder");
    return only;
  }

  private void requireOk(GcsLocation asked, HttpResponse response) throws StoreAwayException {
    if (response.getStatusCode() != 200) {
      StoreStatus.fail(
          asked,
          response.getStatusCode(),
          credentials.isPresent()
              ? "grant roles/storage.objectViewer on the bucket to the predictor's identity"
              : "no Google credentials were found, so it was asked for as anybody: give the"
                  + " predictor's service account Workload Identity",
          Optional.ofNullable(response.getHeaders().getRetryAfter()));
    }
  }

  private Optional<GoogleCredentials> credentials() {
    if (settings.storageEmulatorHost().isPresent()) {
      return Optional.empty();
    }
    if (endpoint.isPresent() && !mayHaveToken(endpoint.get(), settings.allowedHosts())) {
      log.atWarn()
          .addKeyValue("endpoint", endpoint.get().uri())
          .log("model is fetched without credentials: endpoint is neither Google's nor listed");
      return Optional.empty();
    }
    Apache5HttpTransport transport = new Apache5HttpTransport(GuardedHttpClient.to(tokenHosts()));
    try {
      return Optional.of(
          GoogleCredentials.getApplicationDefault(() -> transport).createScoped(READ_ONLY));
    } catch (IOException e) {
      if (settings.googleCredentialsFile().isPresent()) {
        throw new ModelFetchException(
            Reason.INVALID_SETTINGS,
            "GOOGLE_APPLICATION_CREDENTIALS names no file with Google credentials that can be read;"
                + " correct it, or leave it out where the pod has Workload Identity",
            e);
      }
      if (settings.metadataHost().isPresent()) {
        // It is there, whether or not it answered just now: tokens are asked for again and again.
        return Optional.of(
            ComputeEngineCredentials.newBuilder()
                .setHttpTransportFactory(() -> transport)
                .build()
                .createScoped(READ_ONLY));
      }
      log.atInfo()
          .addKeyValue("source", source.shown())
          .log("model is fetched without credentials: no Google credentials were found");
      return Optional.empty();
    }
  }

  /**
   * A token is as good as the identity itself, so it does not go wherever an endpoint happens to be
   * set: to Google, or to what MODEL_ALLOWED_HOSTS lists.
   */
  static boolean mayHaveToken(Endpoint to, AllowedHosts listed) {
    boolean google =
        to.uri().getScheme().equalsIgnoreCase("https") && to.host().endsWith(".googleapis.com");
    return google || listed.names(to.host(), to.port());
  }

  /**
   * Tokens also come from the metadata server, which is link-local, and which no model may name.
   */
  private AllowedHosts tokenHosts() {
    AllowedHosts hosts =
        settings.allowedHosts().and("metadata.google.internal").and("169.254.169.254");
    try {
      return settings.metadataHost().map(hosts::and).orElse(hosts);
    } catch (InvalidAddressException e) {
      throw ModelFetchException.of(e);
    }
  }

  private void refresh(GoogleCredentials identity) throws IOException {
    try {
      identity.refreshIfExpired();
    } catch (IOException e) {
      if (e instanceof Retryable failure && !failure.isRetryable()) {
        throw new ModelFetchException(
            Reason.FORBIDDEN,
            source.shown()
                + " is not fetched: Google gives no token for the credentials it is asked with;"
                + " check GOOGLE_APPLICATION_CREDENTIALS or the service account's Workload Identity",
            e);
      }
      throw new StoreAwayException(
          "Google's metadata server or token endpoint gave no token", Optional.empty(), e);
    }
  }

  private Storage storage(CloseableHttpClient connection) {
    Optional<HttpRequestInitializer> authorization = credentials.map(HttpCredentialsAdapter::new);
    Storage.Builder builder =
        new Storage.Builder(
                new Apache5HttpTransport(connection),
                GsonFactory.getDefaultInstance(),
                request -> prepare(request, authorization))
            .setApplicationName("flight-delay-predictor");
    endpoint.ifPresent(
        at -> builder.setRootUrl(at.uri() + (at.uri().getPath().endsWith("/") ? "" : "/")));
    return builder.build();
  }

  private static void prepare(HttpRequest request, Optional<HttpRequestInitializer> authorization)
      throws IOException {
    if (authorization.isPresent()) {
      authorization.get().initialize(request);
    }
    request
        .setConnectTimeout(Math.toIntExact(GuardedHttpClient.CONNECT.toMillis()))
        .setReadTimeout(Math.toIntExact(GuardedHttpClient.SILENCE.toMillis()))
        .setFollowRedirects(false)
        // An exception would hold the answer's body.
        .setThrowExceptionOnExecuteError(false)
        .getHeaders()
        .setAcceptEncoding("identity");
  }

  @Override
  public void close() {
    CloseableHttpClient open = client;
    if (open != null) {
      open.close(CloseMode.IMMEDIATE);
    }
  }
}
