module "gateway" {
  source = "./modules/gateway"
  count  = length(var.hosts) > 0 ? 1 : 0

  project_id = local.project_id
  name       = var.name
  labels     = local.labels
  hosts      = var.hosts
  dns_zone   = var.dns_zone
}
