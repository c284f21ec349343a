resource "google_service_account" "delivery" {
  project      = var.project_id
  account_id   = "${var.name}-delivery"
  display_name = "Pushes images of ${var.name}"
}

resource "google_service_account_iam_member" "github" {
  service_account_id = google_service_account.delivery.name
  role               = "roles/iam.workloadIdentityUser"
  member = join("", [
    "principalSet://iam.googleapis.com/projects/${var.project_number}/locations/global/workloadIdentityPools/",
    "${google_iam_workload_identity_pool.github.workload_identity_pool_id}/attribute.repository/${var.github_repository}",
  ])
}

# Push images, and nothing else: what runs is for people, or a tool in the cluster, to decide.
resource "google_artifact_registry_repository_iam_member" "writer" {
  project    = var.project_id
  location   = var.region
  repository = var.repository
  role       = "roles/artifactregistry.writer"
  member     = "serviceAccount:${google_service_account.delivery.email}"
}
