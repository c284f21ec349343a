output "workload_identity_provider" {
  description = "The workflow's variable GOOGLE_WORKLOAD_IDENTITY_PROVIDER."
  value       = "projects/${var.project_number}/locations/global/workloadIdentityPools/${google_iam_workload_identity_pool.github.workload_identity_pool_id}/providers/${google_iam_workload_identity_pool_provider.github.workload_identity_pool_provider_id}"
}

output "service_account" {
  description = "The workflow's variable GOOGLE_SERVICE_ACCOUNT."
  value       = google_service_account.delivery.email
}
