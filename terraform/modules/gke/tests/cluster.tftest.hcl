mock_provider "google" {}

variables {
  project_id           = "my-project"
  region               = "us-central1"
  name                 = "flight-delay"
  labels               = {}
  network              = "projects/my-project/global/networks/flight-delay"
  subnetwork           = "projects/my-project/regions/us-central1/subnetworks/flight-delay-nodes"
  pods_range           = "pods"
  services_range       = "services"
  node_service_account = "nodes@my-project.iam.gserviceaccount.com"
  release_channel      = "REGULAR"
  maintenance_window   = { start = "2026-01-03T03:00:00Z", end = "2026-01-03T09:00:00Z", recurrence = "FREQ=WEEKLY;BYDAY=SA,SU" }
  authorized_networks  = {}
  binary_authorization = false
  deletion_protection  = true
  node_pool            = { machine_type = "e2-standard-4", min_nodes = 3, max_nodes = 12, disk_gb = 50, spot = false }
}

run "is_private_and_safe_whatever_the_settings" {
  assert {
    condition     = google_container_cluster.this.private_cluster_config[0].enable_private_nodes && google_container_cluster.this.private_cluster_config[0].enable_private_endpoint
    error_message = "neither nodes nor control plane have public addresses"
  }

  assert {
    condition     = google_container_cluster.this.control_plane_endpoints_config[0].dns_endpoint_config[0].allow_external_traffic
    error_message = "kubectl comes by the DNS endpoint"
  }

  assert {
    condition     = length(google_container_cluster.this.master_authorized_networks_config) == 1 && length(google_container_cluster.this.master_authorized_networks_config[0].cidr_blocks) == 0
    error_message = "no network may reach the control plane by its address"
  }

  assert {
    condition     = !google_container_cluster.this.master_auth[0].client_certificate_config[0].issue_client_certificate
    error_message = "no client certificate, which nobody could revoke"
  }

  assert {
    condition     = google_container_cluster.this.gateway_api_config[0].channel == "CHANNEL_STANDARD"
    error_message = "the Gateway API is on"
  }

  assert {
    condition     = google_container_cluster.this.monitoring_config[0].managed_prometheus[0].enabled
    error_message = "Managed Service for Prometheus is on: objectives and alerts live of it"
  }

  assert {
    condition     = google_container_cluster.this.binary_authorization[0].evaluation_mode == "DISABLED"
    error_message = "Binary Authorization only if asked for"
  }
}

run "takes_its_place_and_name" {
  variables {
    project_id     = "other-project"
    region         = "southamerica-west1"
    name           = "delays"
    labels         = { team = "models" }
    network        = "projects/other-project/global/networks/delays"
    subnetwork     = "projects/other-project/regions/southamerica-west1/subnetworks/delays"
    pods_range     = "pods-b"
    services_range = "services-b"
  }

  assert {
    condition     = google_container_cluster.this.project == "other-project" && google_container_cluster.this.location == "southamerica-west1" && google_container_cluster.this.name == "delays"
    error_message = "project, region and name; a region, so that one zone may fail"
  }

  assert {
    condition     = google_container_cluster.this.resource_labels == tomap({ team = "models" })
    error_message = "labels"
  }

  assert {
    condition     = endswith(google_container_cluster.this.network, "networks/delays") && endswith(google_container_cluster.this.subnetwork, "subnetworks/delays")
    error_message = "network and subnetwork"
  }

  assert {
    condition = (google_container_cluster.this.ip_allocation_policy[0].cluster_secondary_range_name == "pods-b"
    && google_container_cluster.this.ip_allocation_policy[0].services_secondary_range_name == "services-b")
    error_message = "the ranges of pods and Services"
  }

  assert {
    condition     = output.get_credentials == "gcloud container clusters get-credentials delays --region southamerica-west1 --project other-project --dns-endpoint"
    error_message = "the command that makes the kubeconfig"
  }

  assert {
    condition     = output.workload_pool == "other-project.svc.id.goog"
    error_message = "the Workload Identity pool is the project's"
  }
}

run "takes_its_settings" {
  variables {
    node_service_account = "others@my-project.iam.gserviceaccount.com"
    release_channel      = "STABLE"
    maintenance_window   = { start = "2026-02-01T01:00:00Z", end = "2026-02-01T05:00:00Z", recurrence = "FREQ=DAILY" }
    authorized_networks  = { office = "192.0.2.0/24" }
    binary_authorization = true
    deletion_protection  = false
  }

  assert {
    condition     = google_container_node_pool.predictors[0].node_config[0].service_account == "others@my-project.iam.gserviceaccount.com"
    error_message = "the nodes' service account"
  }

  assert {
    condition     = google_container_cluster.this.release_channel[0].channel == "STABLE"
    error_message = "the release channel"
  }

  assert {
    condition = (google_container_cluster.this.maintenance_policy[0].recurring_window[0].start_time == "2026-02-01T01:00:00Z"
      && google_container_cluster.this.maintenance_policy[0].recurring_window[0].end_time == "2026-02-01T05:00:00Z"
    && google_container_cluster.this.maintenance_policy[0].recurring_window[0].recurrence == "FREQ=DAILY")
    error_message = "the maintenance window"
  }

  assert {
    condition = (!google_container_cluster.this.private_cluster_config[0].enable_private_endpoint
    && [for block in google_container_cluster.this.master_authorized_networks_config[0].cidr_blocks : "${block.display_name} ${block.cidr_block}"] == ["office 192.0.2.0/24"])
    error_message = "a public address for the one network, and for no other"
  }

  assert {
    condition     = google_container_cluster.this.binary_authorization[0].evaluation_mode == "PROJECT_SINGLETON_POLICY_ENFORCE"
    error_message = "Binary Authorization"
  }

  assert {
    condition     = !google_container_cluster.this.deletion_protection
    error_message = "deletion protection can be taken off"
  }
}

run "is_protected_as_autopilot_is" {
  assert {
    condition     = google_container_cluster.this.deletion_protection && google_container_cluster.this.enable_shielded_nodes
    error_message = "deletion protection and shielded nodes"
  }

  assert {
    condition     = google_container_cluster.this.node_config[0].service_account == "nodes@my-project.iam.gserviceaccount.com"
    error_message = "the pool that lives for minutes has the nodes' service account too"
  }

  assert {
    condition     = google_container_cluster.this.datapath_provider == "ADVANCED_DATAPATH"
    error_message = "Dataplane V2 enforces the NetworkPolicies"
  }

  assert {
    condition     = google_container_cluster.this.workload_identity_config[0].workload_pool == "my-project.svc.id.goog"
    error_message = "Workload Identity"
  }

  assert {
    condition = (google_container_cluster.this.remove_default_node_pool
      && google_container_node_pool.predictors[0].node_config[0].workload_metadata_config[0].mode == "GKE_METADATA"
      && google_container_node_pool.predictors[0].node_config[0].shielded_instance_config[0].enable_secure_boot
    && google_container_node_pool.predictors[0].node_config[0].metadata["disable-legacy-endpoints"] == "true")
    error_message = "pods never get the node's own identity"
  }

  assert {
    condition     = google_container_node_pool.predictors[0].management[0].auto_repair && google_container_node_pool.predictors[0].management[0].auto_upgrade
    error_message = "nodes are repaired and upgraded"
  }
}

run "is_autopilot_without_a_node_pool" {
  variables {
    node_pool            = null
    node_service_account = "others@my-project.iam.gserviceaccount.com"
  }

  assert {
    condition     = google_container_cluster.this.enable_autopilot && google_container_cluster.this.deletion_protection
    error_message = "Autopilot, under deletion protection"
  }

  assert {
    condition     = google_container_cluster.this.cluster_autoscaling[0].auto_provisioning_defaults[0].service_account == "others@my-project.iam.gserviceaccount.com"
    error_message = "the service account of the nodes that Autopilot makes"
  }

  assert {
    condition     = length(google_container_node_pool.predictors) == 0 && length(google_container_cluster.this.workload_identity_config) == 0
    error_message = "no nodes of one's own, and nothing set that Autopilot refuses"
  }

  assert {
    condition     = google_container_cluster.this.private_cluster_config[0].enable_private_nodes && google_container_cluster.this.private_cluster_config[0].enable_private_endpoint
    error_message = "neither nodes nor control plane have public addresses"
  }

  assert {
    condition     = output.workload_pool == "my-project.svc.id.goog"
    error_message = "Workload Identity"
  }
}

run "has_the_nodes" {
  variables {
    labels    = { team = "models" }
    node_pool = { machine_type = "c3-standard-8", min_nodes = 1, max_nodes = 5, disk_gb = 100, spot = true }
  }

  assert {
    condition = (google_container_node_pool.predictors[0].autoscaling[0].total_min_node_count == 1
      && google_container_node_pool.predictors[0].autoscaling[0].total_max_node_count == 5
    && google_container_node_pool.predictors[0].autoscaling[0].location_policy == "ANY")
    error_message = "from 1 to 5 nodes, Spot VMs where there are some"
  }

  assert {
    condition = (google_container_node_pool.predictors[0].node_config[0].machine_type == "c3-standard-8"
      && google_container_node_pool.predictors[0].node_config[0].disk_size_gb == 100
      && google_container_node_pool.predictors[0].node_config[0].spot
    && google_container_node_pool.predictors[0].node_config[0].resource_labels == tomap({ team = "models" }))
    error_message = "machine type, disk, Spot and labels"
  }
}

run "refuses_no_nodes" {
  command = plan

  variables {
    node_pool = { machine_type = "e2-standard-4", min_nodes = 0, max_nodes = 12, disk_gb = 50, spot = false }
  }

  expect_failures = [var.node_pool]
}

run "refuses_disks_without_room_for_images" {
  command = plan

  variables {
    node_pool = { machine_type = "e2-standard-4", min_nodes = 3, max_nodes = 12, disk_gb = 10, spot = false }
  }

  expect_failures = [var.node_pool]
}

run "refuses_unknown_channels_short_windows_and_names_for_networks" {
  command = plan

  variables {
    release_channel     = "EXTENDED"
    maintenance_window  = { start = "2026-02-01T01:00:00Z", end = "2026-02-01T02:00:00Z", recurrence = "FREQ=DAILY" }
    authorized_networks = { office = "office.example.com" }
  }

  expect_failures = [var.release_channel, var.maintenance_window, var.authorized_networks]
}

run "refuses_recurrence_in_words_and_the_whole_internet" {
  command = plan

  variables {
    maintenance_window  = { start = "2026-02-01T01:00:00Z", end = "2026-02-01T05:00:00Z", recurrence = "every Sunday" }
    authorized_networks = { all = "0.0.0.0/0" }
  }

  expect_failures = [var.maintenance_window, var.authorized_networks]
}
