output "email" {
  description = "The e-mail address of the nodes' service account."
  value       = google_service_account.nodes.email
}
