output "bucket" {
  description = "The bucket's name, once it is there."
  value       = google_storage_bucket.models.name
}

output "sample" {
  description = "The sample model: its URI and the SHA-256 of the file, as a FlightDelayModel names them; null without one."
  value = var.sample_model == null ? null : {
    uri    = "gs://${var.bucket}/flight-delay/${basename(var.sample_model)}"
    sha256 = filesha256(var.sample_model)
  }
}

# Read from what is made anyway: a data source would be read before the API that it asks is on, or, once it waits for
# that, leave what it names unknown whenever an API is added.
output "project_number" {
  description = "The number of the bucket's project, by which Workload Identity's members are named."
  value       = tostring(google_storage_bucket.models.project_number)
}
