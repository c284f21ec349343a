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

# By its mode: a cluster of one does not become one of the other.
module "gke" {
  source   = "./modules/gke"
  for_each = toset([var.cluster_mode])

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

moved {
  from = module.gke_autopilot[0]
  to   = module.gke["autopilot"]
}

moved {
  from = module.gke_standard[0]
  to   = module.gke["standard"]
}

locals {
  cluster = module.gke[var.cluster_mode]
}
