mock_provider "google" {
  mock_resource "google_storage_bucket" {
    defaults = {
      project_number = 123456789012
    }
  }

  mock_resource "google_service_account" {
    defaults = {
      name = "projects/my-project/serviceAccounts/flight-delay-made@my-project.iam.gserviceaccount.com"
    }
  }

  mock_resource "google_certificate_manager_dns_authorization" {
    defaults = {
      dns_resource_record = [{ name = "_acme-challenge.flights.example.com.", type = "CNAME", data = "1234.authorize.certificatemanager.goog." }]
    }
  }
}

variables {
  project_id          = "my-project"
  region              = "southamerica-west1"
  hosts               = ["flights.example.com"]
  notification_emails = []
  budget              = { billing_account = "012345-6789AB-CDEF01", amount = 900 }
}

run "answers_on_its_host_and_promises" {
  variables {
    project_id          = "other-project"
    region              = "us-east4"
    hosts               = ["arrivals.example.com"]
    dns_zone            = "example-com"
    notification_emails = ["jane@example.com", "ops@example.com"]
    budget              = { billing_account = "012345-6789AB-CDEF01", amount = 900 }
    github_repository   = "example/flight-delay"
    metrics_exist       = true
  }

  assert {
    condition     = startswith(output.next_commands, "gcloud container clusters get-credentials flight-delay --region us-east4 --project other-project --dns-endpoint\n")
    error_message = "the project and the region"
  }

  assert {
    condition     = strcontains(output.next_commands, " https://arrivals.example.com/v1/models/flight-delay:predict ")
    error_message = "the host"
  }

  assert {
    condition     = length(output.dns_records) == 2
    error_message = "the zone"
  }

  assert {
    condition     = output.github_variables.GOOGLE_REGISTRY == "us-east4-docker.pkg.dev/other-project/flight-delay"
    error_message = "the GitHub repository"
  }

  assert {
    condition     = length(module.flight_delay.slos) == 2
    error_message = "the objectives, once there are metrics"
  }
}

run "comes_before_its_metrics_and_without_github" {
  assert {
    condition     = length(module.flight_delay.slos) == 0 && output.github_variables == null
    error_message = "neither objectives nor a way in for workflows"
  }
}
