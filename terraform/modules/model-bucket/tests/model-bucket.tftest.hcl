mock_provider "google" {
  mock_resource "google_storage_bucket" {
    defaults = {
      project_number = 123456789012
    }
  }
}

variables {
  project_id          = "my-project"
  region              = "us-central1"
  bucket              = "my-project-models"
  labels              = {}
  keep_days           = 30
  deletion_protection = true
  sample_model        = null
}

run "is_closed_and_forgets_nothing_at_once" {
  variables {
    project_id          = "other-project"
    region              = "southamerica-west1"
    bucket              = "other-models"
    labels              = { team = "models" }
    keep_days           = 14
    deletion_protection = true
  }

  assert {
    condition     = google_storage_bucket.models.uniform_bucket_level_access && google_storage_bucket.models.public_access_prevention == "enforced"
    error_message = "IAM alone decides, and never for the public"
  }

  assert {
    condition = (google_storage_bucket.models.project == "other-project"
      && lower(google_storage_bucket.models.location) == "southamerica-west1"
      && google_storage_bucket.models.name == "other-models"
    && google_storage_bucket.models.labels == tomap({ team = "models" }))
    error_message = "project, region, name and labels"
  }

  assert {
    condition     = google_storage_bucket.models.versioning[0].enabled && google_storage_bucket.models.soft_delete_policy[0].retention_duration_seconds == 14 * 86400
    error_message = "what is overwritten or deleted stays for fourteen days"
  }

  assert {
    condition     = [for rule in google_storage_bucket.models.lifecycle_rule : one(rule.condition).days_since_noncurrent_time if one(rule.action).type == "Delete"] == [14]
    error_message = "and not for ever"
  }

  assert {
    condition     = !google_storage_bucket.models.force_destroy
    error_message = "a bucket with models in it is not deleted"
  }

  assert {
    condition     = output.project_number == "123456789012"
    error_message = "the project's number is handed on"
  }

  assert {
    condition     = length(google_storage_bucket_object.sample) == 0 && output.sample == null
    error_message = "no sample unless asked for"
  }
}

run "can_go_with_its_models" {
  variables {
    deletion_protection = false
  }

  assert {
    condition     = google_storage_bucket.models.force_destroy
    error_message = "without protection it goes with what is in it"
  }
}

run "has_the_sample_and_its_hash" {
  variables {
    sample_model = "../../../predictor/samples/flight-delay/flight-delay.pkl"
  }

  assert {
    condition = (google_storage_bucket_object.sample[0].name == "flight-delay/flight-delay.pkl"
    && google_storage_bucket_object.sample[0].bucket == "my-project-models")
    error_message = "the sample's place"
  }

  assert {
    condition     = output.sample.uri == "gs://my-project-models/flight-delay/flight-delay.pkl"
    error_message = "the URI that a FlightDelayModel names"
  }

  assert {
    condition     = output.sample.sha256 == jsondecode(file("../../../predictor/samples/flight-delay/versions.json")).sha256["flight-delay.pkl"]
    error_message = "the hash that was written down when the sample was made"
  }
}

run "refuses_bad_names_times_and_missing_files" {
  command = plan

  variables {
    bucket       = "My_Models"
    keep_days    = 6
    sample_model = "no-such.pkl"
  }

  expect_failures = [var.bucket, var.keep_days, var.sample_model]
}
