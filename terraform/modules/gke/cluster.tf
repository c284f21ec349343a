locals {
  is_autopilot  = var.node_pool == null
  workload_pool = "${var.project_id}.svc.id.goog"
  oauth_scopes  = ["https://www.googleapis.com/auth/cloud-platform"]
}

# Where the mode is Autopilot, Workload Identity, Dataplane V2, shielded nodes and auto-repair come with it and
# cannot be turned off; setting them would even be refused.
resource "google_container_cluster" "this" {
  project             = var.project_id
  location            = var.region
  name                = var.name
  resource_labels     = var.labels
  deletion_protection = var.deletion_protection

  enable_autopilot = local.is_autopilot ? true : null

  # A pool's nodes are a resource of their own, so that they can change without the cluster.
  remove_default_node_pool = local.is_autopilot ? null : true
  initial_node_count       = local.is_autopilot ? null : 1

  # For the minutes that the first pool lives.
  dynamic "node_config" {
    for_each = local.is_autopilot ? [] : [var.node_service_account]
    content {
      service_account = node_config.value
      oauth_scopes    = local.oauth_scopes

      shielded_instance_config {
        enable_secure_boot          = true
        enable_integrity_monitoring = true
      }
    }
  }

  dynamic "cluster_autoscaling" {
    for_each = local.is_autopilot ? [var.node_service_account] : []
    content {
      auto_provisioning_defaults {
        service_account = cluster_autoscaling.value
        oauth_scopes    = local.oauth_scopes
      }
    }
  }

  network           = var.network
  subnetwork        = var.subnetwork
  networking_mode   = local.is_autopilot ? null : "VPC_NATIVE"
  datapath_provider = local.is_autopilot ? null : "ADVANCED_DATAPATH"

  ip_allocation_policy {
    cluster_secondary_range_name  = var.pods_range
    services_secondary_range_name = var.services_range
  }

  private_cluster_config {
    enable_private_nodes    = true
    enable_private_endpoint = length(var.authorized_networks) == 0
  }

  master_authorized_networks_config {
    gcp_public_cidrs_access_enabled = false

    dynamic "cidr_blocks" {
      for_each = var.authorized_networks
      content {
        display_name = cidr_blocks.key
        cidr_block   = cidr_blocks.value
      }
    }
  }

  # kubectl from anywhere, for those whom IAM lets: no bastion, no VPN.
  control_plane_endpoints_config {
    dns_endpoint_config {
      allow_external_traffic = true
    }
  }

  master_auth {
    client_certificate_config {
      issue_client_certificate = false
    }
  }

  enable_shielded_nodes = local.is_autopilot ? null : true

  dynamic "workload_identity_config" {
    for_each = local.is_autopilot ? [] : [local.workload_pool]
    content {
      workload_pool = workload_identity_config.value
    }
  }

  release_channel {
    channel = var.release_channel
  }

  maintenance_policy {
    recurring_window {
      start_time = var.maintenance_window.start
      end_time   = var.maintenance_window.end
      recurrence = var.maintenance_window.recurrence
    }
  }

  gateway_api_config {
    channel = "CHANNEL_STANDARD"
  }

  binary_authorization {
    evaluation_mode = var.binary_authorization ? "PROJECT_SINGLETON_POLICY_ENFORCE" : "DISABLED"
  }

  monitoring_config {
    enable_components = ["SYSTEM_COMPONENTS"]

    managed_prometheus {
      enabled = true
    }
  }

  logging_config {
    enable_components = ["SYSTEM_COMPONENTS", "WORKLOADS"]
  }

  security_posture_config {
    mode               = "BASIC"
    vulnerability_mode = "VULNERABILITY_DISABLED"
  }

  cost_management_config {
    enabled = true
  }

  lifecycle {
    # Of the pool that is gone; changing it would replace the cluster.
    ignore_changes = [node_config]
  }
}
