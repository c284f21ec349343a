# The predictor by itself, without a cluster: nothing runs while nobody asks.
module "flight_delay" {
  source = "../../cloud-run"

  project_id          = var.project_id
  region              = var.region
  labels              = { environment = "trial" }
  image               = var.image
  invokers            = var.invokers
  deletion_protection = false
  keep_models_days    = 7
}
