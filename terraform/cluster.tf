module "network" {
  source = "./modules/network"

  project_id = local.project_id
  region     = var.region
  name       = var.name
  ranges     = var.ranges
  flow_logs  = var.flow_logs
}

module "node_identity" {
  source = "./modules/node-identity"

  project_id = local.project_id
  name       = var.name
}

module "gke_autopilot" {
  source = "./modules/gke-autopilot"
  count  = var.cluster_mode == "autopilot" ? 1 : 0

  project_id           = local.project_id
  region               = var.region
  name                 = var.name
  labels               = local.labels
  network              = module.network.network
  subnetwork           = module.network.subnetwork
  pods_range           = module.network.pods_range
  services_range       = module.network.services_range
  node_service_account = module.node_identity.email
  release_channel      = var.release_channel
  maintenance_window   = var.maintenance_window
  authorized_networks  = var.authorized_networks
  binary_authorization = var.binary_authorization
  deletion_protection  = var.deletion_protection
}

module "gke_standard" {
  source = "./modules/gke-standard"
  count  = var.cluster_mode == "standard" ? 1 : 0

  project_id           = local.project_id
  region               = var.region
  name                 = var.name
  labels               = local.labels
  network              = module.network.network
  subnetwork           = module.network.subnetwork
  pods_range           = module.network.pods_range
  services_range       = module.network.services_range
  node_service_account = module.node_identity.email
  node_pool            = var.node_pool
  release_channel      = var.release_channel
  maintenance_window   = var.maintenance_window
  authorized_networks  = var.authorized_networks
  binary_authorization = var.binary_authorization
  deletion_protection  = var.deletion_protection
}

locals {
  # Either kind; what comes after does not care which.
  cluster = one(concat(module.gke_autopilot, module.gke_standard))
}
