resource "google_cloud_run_v2_service_iam_member" "invoker" {
  for_each = var.image == null ? toset([]) : var.public ? toset(["allUsers"]) : var.invokers

  project  = local.project_id
  location = var.region
  name     = google_cloud_run_v2_service.predictor[0].name
  role     = "roles/run.invoker"
  member   = each.value
}
