resource "google_compute_network" "this" {
  project                 = var.project_id
  name                    = var.name
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "nodes" {
  project       = var.project_id
  region        = var.region
  name          = "${var.name}-nodes"
  network       = google_compute_network.this.id
  ip_cidr_range = var.ranges.nodes

  # Nodes have no public addresses: they reach the registry and the bucket by Google's own network.
  private_ip_google_access = true

  secondary_ip_range {
    range_name    = "pods"
    ip_cidr_range = var.ranges.pods
  }

  secondary_ip_range {
    range_name    = "services"
    ip_cidr_range = var.ranges.services
  }

  dynamic "log_config" {
    for_each = var.flow_logs > 0 ? [var.flow_logs] : []
    content {
      aggregation_interval = "INTERVAL_10_MIN"
      flow_sampling        = log_config.value
      metadata             = "INCLUDE_ALL_METADATA"
    }
  }
}
