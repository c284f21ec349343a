module "delivery" {
  source = "./modules/delivery"
  count  = var.github == null ? 0 : 1

  project_id        = local.project_id
  project_number    = module.model_bucket.project_number
  name              = var.name
  region            = var.region
  repository        = module.registry.repository
  github_repository = var.github.repository
  github_ref        = var.github.ref
}
