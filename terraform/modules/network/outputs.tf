output "network" {
  description = "The network's ID."
  value       = google_compute_network.this.id
}

output "subnetwork" {
  description = "The ID of the nodes' subnetwork."
  value       = google_compute_subnetwork.nodes.id
}

output "pods_range" {
  description = "The name of the subnetwork's secondary range for pods."
  value       = google_compute_subnetwork.nodes.secondary_ip_range[0].range_name
}

output "services_range" {
  description = "The name of the subnetwork's secondary range for Services."
  value       = google_compute_subnetwork.nodes.secondary_ip_range[1].range_name
}
