# The way from an applied plan to an answer, as commands for the root of the project's repository. README.md has the
# same ones; terraform/test compares them.
locals {
  operator_namespace        = "flight-delay-system"
  predictor_service_account = "predictor"

  helm_settings = concat(
    [
      "image.repository=${module.registry.registry}/flight-delay-operator",
      "image.tag=${var.image_tag}",
      "predictor.image=${module.registry.registry}/flight-delay-predictor:${var.image_tag}",
      "predictor.allowedServiceAccounts={${local.predictor_service_account}}",
      "watch.namespaces={${var.models_namespace}}",
      "monitoring.type=PodMonitoring",
    ],
    length(var.hosts) == 0 ? [] : [
      "gateway.enabled=true",
      "gateway.className=gke-l7-global-external-managed",
      "gateway.address.type=NamedAddress",
      "gateway.address.value=${module.gateway[0].address_name}",
      "gateway.certificateMap=${module.gateway[0].certificate_map}",
    ],
  )

  helm_install = join(" \\\n", concat(
    ["helm install flight-delay-operator helm/flight-delay-operator --namespace ${local.operator_namespace} --create-namespace"],
    [for setting in local.helm_settings : "  --set '${setting}'"],
  ))

  model = !var.sample_model ? "" : templatefile("${path.module}/model.yaml.tftpl", {
    namespace         = var.models_namespace
    service_account   = local.predictor_service_account
    sample            = module.model_bucket.sample
    host              = try(sort(var.hosts)[0], null)
    gateway_namespace = local.operator_namespace
  })

  # Without a host the models are reached from within the cluster only, so kubectl makes a way.
  address = try("https://${sort(var.hosts)[0]}", "http://localhost:8080")

  next_commands = concat(
    [
      local.cluster.get_credentials,
      "gcloud auth configure-docker ${module.registry.host}",
      "images/build --push ${module.registry.registry}",
      "kubectl create namespace ${var.models_namespace}",
      local.helm_install,
    ],
    !var.sample_model ? [] : concat(
      [
        "kubectl apply -f - <<'YAML'\n${local.model}YAML",
        "kubectl wait fdm/flight-delay --namespace ${var.models_namespace} --for=condition=Ready --timeout=10m",
      ],
      length(var.hosts) > 0 ? [] : ["kubectl port-forward --namespace ${var.models_namespace} service/flight-delay-v1 8080:80 &"],
      ["curl -s --retry 9 --retry-connrefused ${local.address}/v1/models/flight-delay:predict -d '{\"instances\":[{\"OPERA\":\"Grupo LATAM\",\"TIPOVUELO\":\"I\",\"MES\":12}]}'"],
    ),
  )
}
