mock_provider "google" {
  mock_resource "google_storage_bucket" {
    defaults = {
      project_number = 123456789012
    }
  }
}

run "is_an_autopilot_cluster_to_look_at" {
  variables {
    project_id = "other-project"
    region     = "southamerica-west1"
  }

  assert {
    condition     = startswith(output.next_commands, "gcloud container clusters get-credentials flight-delay --region southamerica-west1 --project other-project --dns-endpoint\n")
    error_message = "the project and the region"
  }

  assert {
    condition     = output.sample_model.uri == "gs://other-project-flight-delay-models/flight-delay/flight-delay.pkl"
    error_message = "with the sample model"
  }

  assert {
    condition     = length(module.flight_delay.dns_records) == 0
    error_message = "and without an address on the Internet"
  }
}
