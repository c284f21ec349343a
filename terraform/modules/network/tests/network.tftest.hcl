mock_provider "google" {}

variables {
  project_id = "my-project"
  region     = "us-central1"
  name       = "flight-delay"
  ranges     = { nodes = "10.0.0.0/20", pods = "10.16.0.0/14", services = "10.20.0.0/20" }
  flow_logs  = 0
}

run "is_private_and_goes_out_by_nat" {
  variables {
    project_id = "other-project"
    region     = "southamerica-west1"
    name       = "delays"
  }

  assert {
    condition     = !google_compute_network.this.auto_create_subnetworks && google_compute_network.this.name == "delays"
    error_message = "only the subnetwork that is asked for"
  }

  assert {
    condition = alltrue([for made in [google_compute_network.this, google_compute_subnetwork.nodes, google_compute_router.this, google_compute_router_nat.this] :
      made.project == "other-project" && startswith(made.name, "delays")
    ])
    error_message = "all of it in the project, by the name"
  }

  assert {
    condition     = alltrue([for made in [google_compute_subnetwork.nodes, google_compute_router.this, google_compute_router_nat.this] : made.region == "southamerica-west1"])
    error_message = "in the region"
  }

  assert {
    condition     = google_compute_subnetwork.nodes.private_ip_google_access
    error_message = "nodes without public addresses reach Google's APIs"
  }

  assert {
    condition     = google_compute_router_nat.this.subnetwork == toset([for s in google_compute_router_nat.this.subnetwork : s if s.source_ip_ranges_to_nat == toset(["ALL_IP_RANGES"])])
    error_message = "pods go out by NAT too, not only nodes"
  }

  assert {
    condition     = length(google_compute_subnetwork.nodes.log_config) == 0
    error_message = "no flow logs unless asked for"
  }
}

run "has_the_ranges" {
  variables {
    ranges = { nodes = "10.1.0.0/20", pods = "10.32.0.0/16", services = "10.2.0.0/22" }
  }

  assert {
    condition     = google_compute_subnetwork.nodes.ip_cidr_range == "10.1.0.0/20"
    error_message = "the nodes' range"
  }

  assert {
    condition = { for range in google_compute_subnetwork.nodes.secondary_ip_range : range.range_name => range.ip_cidr_range } == {
      pods     = "10.32.0.0/16"
      services = "10.2.0.0/22"
    }
    error_message = "the pods' and the Services' ranges"
  }

  assert {
    condition     = output.pods_range == "pods" && output.services_range == "services"
    error_message = "the ranges' names are handed on"
  }
}

run "logs_the_share_of_flows" {
  variables {
    flow_logs = 0.25
  }

  assert {
    condition     = google_compute_subnetwork.nodes.log_config[0].flow_sampling == 0.25
    error_message = "a quarter of the flows is logged"
  }
}

run "refuses_what_is_no_range" {
  command = plan

  variables {
    ranges = { nodes = "10.0.0.0", pods = "10.16.0.0/14", services = "10.20.0.0/20" }
  }

  expect_failures = [var.ranges]
}

run "refuses_the_same_range_twice" {
  command = plan

  variables {
    ranges = { nodes = "10.0.0.0/20", pods = "10.16.0.0/14", services = "10.0.0.0/22" }
  }

  expect_failures = [var.ranges]
}

run "refuses_too_few_pods" {
  command = plan

  variables {
    ranges = { nodes = "10.0.0.0/20", pods = "10.16.0.0/22", services = "10.20.0.0/20" }
  }

  expect_failures = [var.ranges]
}

run "refuses_more_than_all_flows" {
  command = plan

  variables {
    flow_logs = 1.1
  }

  expect_failures = [var.flow_logs]
}
