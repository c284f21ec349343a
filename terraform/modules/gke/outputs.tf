output "name" {
  description = "The cluster's name."
  value       = google_container_cluster.this.name
}

output "location" {
  description = "The cluster's region."
  value       = google_container_cluster.this.location
}

output "workload_pool" {
  description = "The Workload Identity pool of the pods."
  value       = local.workload_pool

  # The pool is there once a cluster is, and what is granted to its members before is refused.
  depends_on = [google_container_cluster.this]
}

output "get_credentials" {
  description = "The command that lets kubectl and helm reach the cluster."
  value       = "gcloud container clusters get-credentials ${var.name} --region ${var.region} --project ${var.project_id} --dns-endpoint"
}
