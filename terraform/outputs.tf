output "next_commands" {
  description = "From here to an answer: reach the cluster, push the images, install the operator, have the sample model served, ask it. For `terraform output -raw next_commands`."
  value       = join("\n", local.next_commands)
}

output "cluster" {
  description = "The cluster's name and location."
  value = {
    name     = local.cluster.name
    location = local.cluster.location
  }
}

output "registry" {
  description = "Where images go."
  value       = module.registry.registry
}

output "model_bucket" {
  description = "The bucket of the models."
  value       = module.model_bucket.bucket
}

output "sample_model" {
  description = "The sample model's URI in the bucket, and the SHA-256 of the file; null without it."
  value       = module.model_bucket.sample
}

output "dns_records" {
  description = "The records that the hosts' zone needs, unless dns_zone gets them: NAME TYPE DATA."
  value       = flatten(module.gateway[*].dns_records)
}

output "slos" {
  description = "The resource names of the objectives in Cloud Monitoring, once metrics_exist."
  value       = module.monitoring.slos
}

output "github_variables" {
  description = "The variables that the GitHub repository's workflows need; null without github."
  value = var.github == null ? null : {
    GOOGLE_WORKLOAD_IDENTITY_PROVIDER = module.delivery[0].workload_identity_provider
    GOOGLE_SERVICE_ACCOUNT            = module.delivery[0].service_account
    GOOGLE_REGISTRY                   = module.registry.registry
  }
}
