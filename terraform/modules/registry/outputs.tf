output "host" {
  description = "The registry's host, for docker logins."
  value       = "${var.region}-docker.pkg.dev"
}

output "registry" {
  description = "Where images go: the host, the project and the repository."
  value       = "${var.region}-docker.pkg.dev/${var.project_id}/${var.name}"
}

output "repository" {
  description = "The repository's name, once it is there."
  value       = google_artifact_registry_repository.this.name
}
