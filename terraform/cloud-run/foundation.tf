module "project_services" {
  source = "../modules/project-services"

  project_id = var.project_id
  services = [
    "artifactregistry.googleapis.com",
    "iam.googleapis.com",
    "run.googleapis.com",
    "storage.googleapis.com",
  ]
}

locals {
  # From here on: made once the APIs are on.
  project_id = module.project_services.project_id

  labels = merge(var.labels, {
    app        = var.name
    managed-by = "terraform"
  })
}

module "registry" {
  source = "../modules/registry"

  project_id     = local.project_id
  region         = var.region
  name           = var.name
  labels         = local.labels
  readers        = {} # Cloud Run pulls with an agent of Google's, which may.
  immutable_tags = false
  untagged_days  = 7
}

module "model_bucket" {
  source = "../modules/model-bucket"

  project_id          = local.project_id
  region              = var.region
  bucket              = coalesce(var.model_bucket, "${var.project_id}-${var.name}-models")
  labels              = local.labels
  keep_days           = var.keep_models_days
  deletion_protection = var.deletion_protection
  sample_model        = var.model == null ? "${path.module}/../../predictor/samples/flight-delay/flight-delay.pkl" : null
}
