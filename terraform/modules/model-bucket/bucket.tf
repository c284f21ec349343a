# A retention policy and versioning exclude each other in Cloud Storage, and a policy would also keep
# anyone from replacing a file within its time. So models are kept by versions and soft deletion.
resource "google_storage_bucket" "models" {
  project       = var.project_id
  name          = var.bucket
  location      = var.region
  labels        = var.labels
  force_destroy = !var.deletion_protection

  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  versioning {
    enabled = true
  }

  soft_delete_policy {
    retention_duration_seconds = var.keep_days * 86400
  }

  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      days_since_noncurrent_time = var.keep_days
      with_state                 = "ARCHIVED"
    }
  }

  lifecycle_rule {
    action {
      type = "AbortIncompleteMultipartUpload"
    }
    condition {
      age = 7
    }
  }
}
