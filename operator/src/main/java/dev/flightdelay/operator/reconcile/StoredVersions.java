package dev.flightdelay.operator.reconcile;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.flightdelay.operator.namespaces.NamespaceReader;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/**
 * Which objects the API server has, and in which version. It is asked for their metadata alone, of
 * which no more than that is kept, a page at a time: together they may be more than there is memory
 * for.
 */
final class StoredVersions {

  /** Whole objects from an API server that cannot leave anything out; read, they are the same. */
  static final String METADATA =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

  /** For a page, with all that the client tries again. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Set<String> IDENTITY = Set.of("namespace", "name", "resourceVersion");
  private static final JsonFactory JSON = new JsonFactory();

  private final KubernetesClient client;

  /**
   * A part of a list.
   *
   * @param next by which the rest is asked for; empty where there is none
   */
  record Page(Map<ResourceID, String> versions, String next) {}

  StoredVersions(KubernetesClient client) {
    this.client = requireNonNull(client);
  }

  /**
   * Tells of every object of a kind in a namespace.
   *
   * @param namespace {@link NamespaceReader#ALL} for all of them
   * @param labels a selector; empty for all objects
   * @throws KubernetesClientException where there is no whole answer
   */
  void forEach(
      ResourceDefinitionContext kind,
      String namespace,
      String labels,
      BiConsumer<ResourceID, String> told) {
    String next = "";
    do {
      Page page = ask(url(kind, namespace, labels, next));
      page.versions().forEach(told);
      next = page.next();
    } while (!next.isEmpty());
  }

  URI url(ResourceDefinitionContext kind, String namespace, String labels, String next) {
    String group = kind.getGroup() == null ? "" : kind.getGroup();
    StringBuilder url = new StringBuilder(client.getMasterUrl().toString().replaceAll("/$", ""));
    url.append(group.isEmpty() ? "/api/" : "/apis/" + group + "/").append(kind.getVersion());
    if (!namespace.equals(NamespaceReader.ALL)) {
      url.append("/namespaces/").append(namespace);
    }
    url.append('/').append(kind.getPlural()).append("?limit=").append(Informers.PAGE);
    if (!labels.isEmpty()) {
      url.append("&labelSelector=").append(URLEncoder.encode(labels, StandardCharsets.UTF_8));
    }
    if (!next.isEmpty()) {
      url.append("&continue=").append(URLEncoder.encode(next, StandardCharsets.UTF_8));
    }
    return URI.create(url.toString());
  }

  private Page ask(URI url) {
    HttpClient http = client.getHttpClient();
    HttpRequest request = http.newHttpRequestBuilder().uri(url).header("Accept", METADATA).build();
    CompletableFuture<HttpResponse<byte[]>> asking = http.sendAsync(request, byte[].class);
    try {
      HttpResponse<byte[]> answer = asking.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (!answer.isSuccessful()) {
        throw new KubernetesClientException(
            "%s: %d".formatted(url.getPath(), answer.code()), answer.code(), null);
      }
      return page(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("interrupted while asking " + url.getPath(), e);
    } catch (ExecutionException | TimeoutException | IOException e) {
      throw new KubernetesClientException("no list from " + url.getPath(), e);
    } finally {
      // Of one that took too long, the tries go on beside the next otherwise.
      asking.cancel(true);
    }
  }

  /** Reads a list, of whole objects or of their metadata. */
  static Page page(byte[] list) throws IOException {
    Map<ResourceID, String> versions = new HashMap<>();
    String next = "";
    try (JsonParser parser = JSON.createParser(list)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the answer is no list");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        if (field.equals("metadata") && value == JsonToken.START_OBJECT) {
          next = texts(parser, Set.of("continue")).getOrDefault("continue", "");
        } else if (field.equals("items") && value == JsonToken.START_ARRAY) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            item(parser, versions);
          }
        } else {
          parser.skipChildren();
        }
      }
    }
    return new Page(versions, next);
  }

  private static void item(JsonParser parser, Map<ResourceID, String> versions) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      if (parser.nextToken() == JsonToken.START_OBJECT && field.equals("metadata")) {
        Map<String, String> metadata = texts(parser, IDENTITY);
        versions.put(
            new ResourceID(metadata.get("name"), metadata.get("namespace")),
            metadata.get("resourceVersion"));
      } else {
        parser.skipChildren();
      }
    }
  }

  /** These fields of the object that the parser has entered; it is at its end then. */
  private static Map<String, String> texts(JsonParser parser, Set<String> wanted)
      throws IOException {
    Map<String, String> texts = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      if (parser.nextToken() == JsonToken.VALUE_STRING && wanted.contains(field)) {
        texts.put(field, parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    return texts;
  }
}
