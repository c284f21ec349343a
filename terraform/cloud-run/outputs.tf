output "registry" {
  description = "Where images go."
  value       = module.registry.registry
}

output "model_bucket" {
  description = "The bucket of the models."
  value       = module.model_bucket.bucket
}

output "model" {
  description = "The model that is served: its URI and its SHA-256."
  value       = local.model
}

output "url" {
  description = "The service's address; null without an image."
  value       = one(google_cloud_run_v2_service.predictor[*].uri)
}

output "next_commands" {
  description = "From here to an answer, for `terraform output -raw next_commands`."
  value = var.image == null ? join("\n", [
    "gcloud auth configure-docker ${module.registry.host}",
    "images/build --push ${module.registry.registry}",
    "# and apply again with -var image=${module.registry.registry}/flight-delay-predictor:0.1.0-SNAPSHOT",
    ]) : join(" ", concat(
    ["curl -s ${google_cloud_run_v2_service.predictor[0].uri}/v1/models/flight-delay:predict"],
    var.public ? [] : ["-H \"Authorization: Bearer $(gcloud auth print-identity-token)\""],
    ["-d '{\"instances\":[{\"OPERA\":\"Grupo LATAM\",\"TIPOVUELO\":\"I\",\"MES\":12}]}'"],
  ))
}
