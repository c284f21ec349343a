mock_provider "google" {}

variables {
  project_id = "my-project"
  services   = ["container.googleapis.com"]
}

run "turns_on_each_service_and_leaves_it_on" {
  variables {
    project_id = "other-project"
    services   = ["container.googleapis.com", "storage.googleapis.com"]
  }

  assert {
    condition     = toset(keys(google_project_service.this)) == toset(["container.googleapis.com", "storage.googleapis.com"])
    error_message = "one google_project_service for each of services"
  }

  assert {
    condition     = alltrue([for service in google_project_service.this : service.project == "other-project" && !service.disable_on_destroy])
    error_message = "in the project, and left on when this set-up goes"
  }

  assert {
    condition     = output.project_id == "other-project"
    error_message = "the project is handed on"
  }
}

run "refuses_a_short_name" {
  command = plan

  variables {
    services = ["container"]
  }

  expect_failures = [var.services]
}
