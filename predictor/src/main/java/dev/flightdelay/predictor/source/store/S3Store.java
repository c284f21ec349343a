package dev.flightdelay.predictor.source.store;

import dev.flightdelay.predictor.network.GuardedDnsResolver;
import dev.flightdelay.predictor.network.GuardedHttpClient;
import dev.flightdelay.predictor.network.HttpAddress;
import dev.flightdelay.predictor.source.Download;
import dev.flightdelay.predictor.source.FetchSettings;
import dev.flightdelay.predictor.source.ModelFetchException;
import dev.flightdelay.predictor.source.ModelFetchException.Reason;
import dev.flightdelay.predictor.source.RemoteStore;
import dev.flightdelay.predictor.source.S3Source;
import dev.flightdelay.predictor.source.StoreAwayException;
import dev.flightdelay.predictor.source.store.MountedCredentials.AccessKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** S3, or a store that speaks it, read with mounted access keys or AWS's default chain. */
final class S3Store implements RemoteStore {

  private static final Logger log = LoggerFactory.getLogger(S3Store.class);

  private static final String RIGHTS =
      "check access-key-id, secret-access-key, region and endpoint in the credentials, and that they"
          + " may s3:GetObject it";

  private final S3Source source;
  private final FetchSettings settings;
  private final Optional<AccessKey> accessKey;
  private final Optional<String> region;
  private final Optional<Endpoint> endpoint;
  private final CredentialHosts hosts;
  private final SdkHttpClient http;
  private volatile Optional<S3Client> client = Optional.empty();

  S3Store(S3Source source, FetchSettings settings) {
    MountedCredentials mounted = new MountedCredentials(settings.credentialsDirectory());
    this.source = source;
    this.settings = settings;
    this.accessKey = mounted.accessKey();
    this.region = mounted.region();
    this.hosts = CredentialHosts.of(mounted);
    this.endpoint = hosts.endpoint();
    this.http =
        Apache5HttpClient.builder()
            .dnsResolver(new GuardedDnsResolver(settings.allowedHosts()))
            .connectionTimeout(GuardedHttpClient.CONNECT)
            .socketTimeout(GuardedHttpClient.SILENCE)
            .useIdleConnectionReaper(false)
            // A proxy would resolve names itself.
            .proxyConfiguration(
                ProxyConfiguration.builder()
                    .useSystemPropertyValues(false)
                    .useEnvironmentVariableValues(false)
                    .build())
            .build();
  }

  @Override
  public void send(Download download) throws IOException {
    try {
      if (client.isEmpty()) {
        client = Optional.of(client());
      }
      ResponseInputStream<GetObjectResponse> body =
          client.get().getObject(object -> object.bucket(source.bucket()).key(source.key()));
      try {
        Long length = body.response().contentLength();
        download.receive(length == null ? OptionalLong.empty() : OptionalLong.of(length), body);
      } finally {
        // Closing would read what is left of the body.
        body.abort();
      }
    } catch (SdkServiceException e) {
      fail(e);
    } catch (SdkException e) {
      throw new IOException("the S3 client failed", e);
    }
  }

  private void fail(SdkServiceException failure) throws StoreAwayException {
    Optional<AwsErrorDetails> details =
        failure instanceof S3Exception s3
            ? Optional.ofNullable(s3.awsErrorDetails())
            : Optional.empty();
    // Some stores answer 404 where it is the access key that they do not know.
    if (failure.statusCode() == 404
        && details.map(AwsErrorDetails::errorCode).filter(S3Store::isAboutTheCaller).isPresent()) {
      throw StoreStatus.forbidden(source, 404, RIGHTS);
    }
    StoreStatus.fail(
        source,
        failure.statusCode(),
        RIGHTS,
        details
            .map(AwsErrorDetails::sdkHttpResponse)
            .flatMap(response -> response.firstMatchingHeader("Retry-After")));
  }

  private static boolean isAboutTheCaller(String code) {
    return code.contains("User") || code.contains("AccessKey");
  }

  private S3Client client() {
    Region region = region();
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(http)
            .credentialsProvider(identity(store(region)))
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                override ->
                    override
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(settings.deadline())
                        .apiCallAttemptTimeout(settings.deadline())
                        .addExecutionInterceptor(new BoundedErrors()));
    endpoint.ifPresent(at -> builder.endpointOverride(at.uri()).forcePathStyle(true));
    return builder.region(region).build();
  }

  /** Where requests go: the endpoint, or Amazon's own. */
  private URI store(Region region) {
    return endpoint
        .map(Endpoint::uri)
        .orElseGet(() -> URI.create("https://s3." + region.id() + ".amazonaws.com"));
  }

  private Region region() {
    if (region.isPresent()) {
      return Region.of(region.get());
    }
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion();
    } catch (SdkClientException e) {
      if (endpoint.isPresent()) {
        // What stores that have no regions take.
        return Region.US_EAST_1;
      }
      throw new ModelFetchException(
          Reason.INVALID_SETTINGS,
          source.shown()
              + " is in a region that is not told; put it into the credentials' file region",
          e);
    }
  }

  private AwsCredentialsProvider identity(URI store) {
    if (accessKey.isPresent()) {
      if (hosts.listed().isPresent() && !hosts.mayHave(store)) {
        throw CredentialHosts.refused(source, store);
      }
      return StaticCredentialsProvider.create(
          AwsBasicCredentials.create(accessKey.get().id(), accessKey.get().secret()));
    }
    // It is the pod's own, and no Secret says where it goes: to Amazon, or to what is listed in
    // MODEL_ALLOWED_HOSTS.
    if (endpoint.isPresent()
        && !CredentialHosts.isS3(store)
        && !settings.allowedHosts().names(store.getHost(), HttpAddress.port(store))) {
      log.atWarn()
          .addKeyValue("endpoint", store)
          .log("model is fetched without credentials: endpoint is neither Amazon's nor listed");
      return AnonymousCredentialsProvider.create();
    }
    DefaultCredentialsProvider chain = DefaultCredentialsProvider.builder().build();
    try {
      chain.resolveCredentials();
      return chain;
    } catch (SdkClientException e) {
      chain.close();
      throw new ModelFetchException(
          Reason.FORBIDDEN,
          source.shown()
              + " is not fetched: there are no AWS credentials; mount access-key-id and"
              + " secret-access-key, or give the pod an identity",
          e);
    }
  }

  /**
   * Reads only the beginning of what a store says about a failure: the SDK would read all of it.
   */
  private static final class BoundedErrors implements ExecutionInterceptor {

    private static final int MAX_BYTES = 64 << 10;

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
        Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
      if (context.httpResponse().isSuccessful() || context.responseBody().isEmpty()) {
        return context.responseBody();
      }
      try {
        return Optional.of(
            new ByteArrayInputStream(context.responseBody().get().readNBytes(MAX_BYTES)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    client.ifPresent(S3Client::close);
    http.close();
  }
}
