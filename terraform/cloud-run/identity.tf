# The predictor's own: it reads the models and may do nothing else.
resource "google_service_account" "predictor" {
  project      = local.project_id
  account_id   = "${var.name}-run"
  display_name = "Predictor ${var.name} on Cloud Run"
}

resource "google_storage_bucket_iam_member" "predictor" {
  bucket = module.model_bucket.bucket
  role   = "roles/storage.objectViewer"
  member = "serviceAccount:${google_service_account.predictor.email}"
}
