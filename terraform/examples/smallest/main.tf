# To look at it: an Autopilot cluster without an address on the Internet, to be deleted again by terraform destroy.
# The state stays in this folder.
module "flight_delay" {
  source = "../.."

  project_id          = var.project_id
  region              = var.region
  labels              = { environment = "trial" }
  deletion_protection = false
  keep_models_days    = 7
}
