module "monitoring" {
  source = "./modules/monitoring"

  project_id          = local.project_id
  name                = var.name
  labels              = local.labels
  objectives          = var.objectives
  metrics_exist       = var.metrics_exist
  notification_emails = var.notification_emails
}

module "budget" {
  source = "./modules/budget"
  count  = var.budget == null ? 0 : 1

  project_number        = module.model_bucket.project_number
  name                  = var.name
  billing_account       = var.budget.billing_account
  amount                = var.budget.amount
  notification_channels = slice(module.monitoring.channels, 0, min(5, length(module.monitoring.channels)))
}
