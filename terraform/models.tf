module "registry" {
  source = "./modules/registry"

  project_id     = local.project_id
  region         = var.region
  name           = var.name
  labels         = local.labels
  readers        = { nodes = "serviceAccount:${module.node_identity.email}" }
  immutable_tags = var.immutable_tags
  untagged_days  = 7
}

module "model_bucket" {
  source = "./modules/model-bucket"

  project_id          = local.project_id
  region              = var.region
  bucket              = coalesce(var.model_bucket, "${var.project_id}-${var.name}-models")
  labels              = local.labels
  keep_days           = var.keep_models_days
  deletion_protection = var.deletion_protection
  sample_model        = var.sample_model ? "${path.module}/../predictor/samples/flight-delay/flight-delay.pkl" : null
}

# The operator has no identity in Google Cloud: it reads no models and calls no API but the cluster's.
module "model_readers" {
  source = "./modules/model-readers"

  project_number = module.model_bucket.project_number
  workload_pool  = local.cluster.workload_pool
  bucket         = module.model_bucket.bucket
  predictors     = [{ namespace = var.models_namespace, service_account = local.predictor_service_account }]
}
