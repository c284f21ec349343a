resource "google_storage_bucket_object" "sample" {
  count = var.sample_model == null ? 0 : 1

  bucket         = google_storage_bucket.models.name
  name           = "flight-delay/${basename(var.sample_model)}"
  source         = var.sample_model
  source_md5hash = filemd5(var.sample_model)
  content_type   = "application/octet-stream"
}
