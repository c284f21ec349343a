# The pods' own identity, without a Google service account and without a key: exactly this ServiceAccount
# may read exactly this bucket.
resource "google_storage_bucket_iam_member" "predictor" {
  for_each = { for account in var.predictors : "${account.namespace}/${account.service_account}" => account }

  bucket = var.bucket
  role   = "roles/storage.objectViewer"
  member = join("", [
    "principal://iam.googleapis.com/projects/${var.project_number}/locations/global/workloadIdentityPools/",
    "${var.workload_pool}/subject/ns/${each.value.namespace}/sa/${each.value.service_account}",
  ])
}
