moved {
  from = google_container_node_pool.predictors
  to   = google_container_node_pool.predictors[0]
}

resource "google_container_node_pool" "predictors" {
  count = local.is_autopilot ? 0 : 1

  project  = var.project_id
  location = var.region
  cluster  = google_container_cluster.this.name
  name     = "predictors"

  # In each zone; from then on the autoscaler counts.
  initial_node_count = 1

  autoscaling {
    total_min_node_count = var.node_pool.min_nodes
    total_max_node_count = var.node_pool.max_nodes
    location_policy      = var.node_pool.spot ? "ANY" : "BALANCED"
  }

  management {
    auto_repair  = true
    auto_upgrade = true
  }

  upgrade_settings {
    max_surge       = 1
    max_unavailable = 0
  }

  node_config {
    machine_type    = var.node_pool.machine_type
    disk_size_gb    = var.node_pool.disk_gb
    disk_type       = "pd-balanced"
    image_type      = "COS_CONTAINERD"
    spot            = var.node_pool.spot
    service_account = var.node_service_account
    oauth_scopes    = local.oauth_scopes
    resource_labels = var.labels

    shielded_instance_config {
      enable_secure_boot          = true
      enable_integrity_monitoring = true
    }

    # Pods get their own identity's tokens, never the node's.
    workload_metadata_config {
      mode = "GKE_METADATA"
    }

    metadata = {
      disable-legacy-endpoints = "true"
    }
  }

  lifecycle {
    ignore_changes = [initial_node_count]
  }
}
