package dev.flightdelay.local.proxy;

import dev.flightdelay.local.informer.OnAnyChange;
import dev.flightdelay.local.runner.EndpointDrain;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * What an Ingress controller and a Gateway are in a cluster: sends the requests to one port on to
 * the pods, by the Ingresses and HTTPRoutes that the API has.
 */
public final class ReverseProxy implements EndpointDrain, AutoCloseable {

  private static final String MODEL_API = "flightdelay.dev/v1alpha1";

  private static final String TARGET = "target";
  private static final int CONNECTIONS_PER_POD = 512;

  /** Shorter than the predictor keeps idle connections, so that none closes under a request. */
  private static final int KEEP_ALIVE_SECONDS = 10;

  private static final int CONNECT_MILLIS = 2_000;

  /** The pod that a request goes to. */
  private record Target(SocketAddress address) {}

  private final Endpoints endpoints = new Endpoints();
  private final KubernetesClient client;
  private final HttpServer server;
  private volatile RoutingTable table = RoutingTable.EMPTY;

  private SharedIndexInformer<Ingress> ingresses;
  private SharedIndexInformer<HTTPRoute> httpRoutes;
  private SharedIndexInformer<Service> services;
  private SharedIndexInformer<Pod> pods;
  private SharedIndexInformer<GenericKubernetesResource> models;

  /** A proxy that is not started yet. */
  public ReverseProxy(Vertx vertx, KubernetesClient client, String host, int port) {
    this.client = client;
    HttpProxy proxy =
        HttpProxy.reverseProxy(
                vertx.createHttpClient(
                    new HttpClientOptions()
                        .setMaxPoolSize(CONNECTIONS_PER_POD)
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setConnectTimeout(CONNECT_MILLIS)))
            .origin(this::connect)
            .addInterceptor(new Routing());
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost(host).setPort(port))
            .requestHandler(proxy);
  }

  /** Opens the port; fails if it is taken. */
  public Future<Void> listen() {
    return server.listen().mapEmpty();
  }

  /** Starts to follow the API's routes. */
  public void follow() {
    ingresses =
        client
            .network()
            .v1()
            .ingresses()
            .inAnyNamespace()
            .inform(new OnAnyChange<>(this::rebuildTable));
    httpRoutes =
        client
            .resources(HTTPRoute.class)
            .inAnyNamespace()
            .inform(new OnAnyChange<>(this::rebuildTable));
    services = client.services().inAnyNamespace().inform(new OnAnyChange<>(this::rebuildTable));
    pods = client.pods().inAnyNamespace().inform(new OnAnyChange<>(this::rebuildTable));
    models =
        client
            .genericKubernetesResources(MODEL_API, "FlightDelayModel")
            .inAnyNamespace()
            .inform(new OnAnyChange<>(this::rebuildTable));
    rebuildTable();
  }

  @Override
  public CompletableFuture<Void> drain(String address) {
    return endpoints.drain(address);
  }

  @Override
  public void admit(String address) {
    endpoints.admit(address);
  }

  @Override
  public void close() {
    if (ingresses != null) {
      List.of(ingresses, httpRoutes, services, pods, models).forEach(SharedIndexInformer::stop);
    }
    server.close();
  }

  private synchronized void rebuildTable() {
    // Those that come first report before the last is there.
    if (models == null) {
      return;
    }
    table =
        RoutingTable.of(
            ingresses.getStore().list(),
            httpRoutes.getStore().list(),
            services.getStore().list(),
            pods.getStore().list(),
            models.getStore().list(),
            table);
  }

  private final class Routing implements ProxyInterceptor {

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
      HttpServerRequest request = context.request().proxiedRequest();
      RoutingTable now = table;
      var route = now.route(host(request), request.path(), request::getHeader);
      if (route.isEmpty()) {
        return withoutRoute(context, now);
      }
      if (route.get().backends().isEmpty()) {
        return answer(context, 500, "the route has no backend with a weight above 0");
      }
      Backend backend = route.get().backends().next();
      var address = endpoints.choose(now.addresses().getOrDefault(backend, List.of()), List.of());
      if (address.isEmpty()) {
        return answer(
            context,
            503,
            now.model(host(request), request.path())
                .map(ModelState::sentence)
                .orElse("no pod of Service " + backend.service() + " is ready"));
      }
      context.set(TARGET, new Target(address.get()));
      context.set(Backend.class.getName(), backend);
      return context
          .sendRequest()
          .onFailure(
              failure -> {
                endpoints.done(context.get(TARGET, Target.class).address());
                context.set(TARGET, null);
              });
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
      Target target = context.get(TARGET, Target.class);
      // How the pod's own connection goes on is nothing to the client's.
      context.response().headers().remove("connection");
      Future<Void> sent = context.sendResponse();
      return target == null ? sent : sent.onComplete(done -> endpoints.done(target.address()));
    }

    /** What is on its way answers later; all else never. */
    private static Future<ProxyResponse> withoutRoute(ProxyContext context, RoutingTable now) {
      HttpServerRequest request = context.request().proxiedRequest();
      Optional<ModelState> model = now.model(host(request), request.path());
      if (model.isPresent()) {
        return answer(context, 503, model.get().sentence());
      }
      String hosts =
          now.models().stream().map(ModelState::localHost).collect(Collectors.joining(", "));
      return answer(
          context,
          404,
          "no route matches %s; each model is also at a host of its own: %s"
              .formatted(request.path(), hosts.isEmpty() ? "there is none yet" : hosts));
    }

    private static Future<ProxyResponse> answer(ProxyContext context, int code, String message) {
      ProxyResponse response = context.request().release().response();
      if (code == 503) {
        response.putHeader("retry-after", "1");
      }
      return Future.succeededFuture(
          response
              .setStatusCode(code)
              .putHeader("content-type", "application/json")
              .setBody(
                  Body.body(
                      Buffer.buffer(
                          "{\"error\":\""
                              + message.replaceAll("[\"\\\\\\p{Cntrl}]", "?")
                              + "\"}"))));
    }
  }

  private static String host(HttpServerRequest request) {
    return request.authority() == null ? "" : request.authority().host();
  }

  /** A connection to the chosen pod, or, where it refuses, to another: nothing was sent yet. */
  private Future<HttpClientRequest> connect(ProxyContext context) {
    SocketAddress first = context.get(TARGET, Target.class).address();
    return connect(context, first)
        .recover(
            failure -> {
              Backend backend = context.get(Backend.class.getName(), Backend.class);
              var second =
                  endpoints.choose(
                      table.addresses().getOrDefault(backend, List.of()), List.of(first));
              if (second.isEmpty()) {
                return Future.failedFuture(failure);
              }
              endpoints.done(first);
              context.set(TARGET, new Target(second.get()));
              return connect(context, second.get());
            });
  }

  private static Future<HttpClientRequest> connect(ProxyContext context, SocketAddress address) {
    HttpServerRequest request = context.request().proxiedRequest();
    RequestOptions options = new RequestOptions().setServer(address);
    // The pod sees the name that the client has asked for.
    if (request.authority() != null) {
      int port = request.authority().port();
      options.setHost(request.authority().host()).setPort(port > 0 ? port : 80);
    } else {
      options.setHost(address.host()).setPort(address.port());
    }
    return context.client().request(options);
  }
}
