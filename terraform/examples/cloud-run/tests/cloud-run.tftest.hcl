mock_provider "google" {
  mock_resource "google_cloud_run_v2_service" {
    defaults = {
      uri = "https://flight-delay-123456789012.us-central1.run.app"
    }
  }
}

run "says_how_to_push_first" {
  variables {
    project_id = "other-project"
    region     = "southamerica-west1"
  }

  assert {
    condition     = strcontains(output.next_commands, "images/build --push southamerica-west1-docker.pkg.dev/other-project/flight-delay\n") && output.url == null
    error_message = "no image yet, and so no service"
  }
}

run "serves_the_image_to_those_named" {
  variables {
    project_id = "other-project"
    image      = "us-central1-docker.pkg.dev/other-project/flight-delay/flight-delay-predictor:0.1.0-SNAPSHOT"
    invokers   = ["user:jane@example.com"]
  }

  assert {
    condition     = output.url == "https://flight-delay-123456789012.us-central1.run.app" && strcontains(output.next_commands, "Authorization: Bearer")
    error_message = "the service, for callers who say who they are"
  }
}
