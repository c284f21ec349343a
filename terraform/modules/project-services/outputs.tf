# What takes the project from here waits for the APIs, without a depends_on that would leave every
# data source of a module unread until apply.
output "project_id" {
  description = "The project, once its APIs are on."
  value       = var.project_id
  depends_on  = [google_project_service.this]
}
