# Nodes in three zones that are sized for the predictors, host names with certificates, promises with alerts, a budget.
module "flight_delay" {
  source = "../.."

  project_id = var.project_id
  region     = var.region
  labels     = { environment = "production" }

  cluster_mode = "standard"
  node_pool = {
    machine_type = "e2-standard-4"
    min_nodes    = 3
    max_nodes    = 12
  }

  release_channel      = "STABLE"
  binary_authorization = true
  immutable_tags       = true
  flow_logs            = 0.1
  keep_models_days     = 90

  hosts    = var.hosts
  dns_zone = var.dns_zone

  metrics_exist       = var.metrics_exist
  notification_emails = var.notification_emails
  budget              = var.budget
  github              = var.github_repository == null ? null : { repository = var.github_repository }
}
