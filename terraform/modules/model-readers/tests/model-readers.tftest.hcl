mock_provider "google" {}

variables {
  project_number = "123456789012"
  workload_pool  = "my-project.svc.id.goog"
  bucket         = "my-project-models"
  predictors     = [{ namespace = "flight-delay", service_account = "predictor" }]
}

run "lets_exactly_these_service_accounts_read_exactly_this_bucket" {
  variables {
    project_number = "210987654321"
    workload_pool  = "other-project.svc.id.goog"
    bucket         = "other-models"
    predictors = [
      { namespace = "flight-delay", service_account = "predictor" },
      { namespace = "arrivals", service_account = "readers" },
    ]
  }

  assert {
    condition     = alltrue([for reader in google_storage_bucket_iam_member.predictor : reader.bucket == "other-models" && reader.role == "roles/storage.objectViewer"])
    error_message = "read, and only this bucket"
  }

  assert {
    condition = toset(output.members) == toset([
      "principal://iam.googleapis.com/projects/210987654321/locations/global/workloadIdentityPools/other-project.svc.id.goog/subject/ns/flight-delay/sa/predictor",
      "principal://iam.googleapis.com/projects/210987654321/locations/global/workloadIdentityPools/other-project.svc.id.goog/subject/ns/arrivals/sa/readers",
    ])
    error_message = "the ServiceAccounts themselves, without a Google service account between"
  }
}

run "refuses_what_is_no_kubernetes_name" {
  command = plan

  variables {
    predictors = [{ namespace = "flight-delay", service_account = "*" }]
  }

  expect_failures = [var.predictors]
}

run "refuses_the_operator" {
  command = plan

  variables {
    predictors = [{ namespace = "flight-delay-system", service_account = "flight-delay-operator" }]
  }

  expect_failures = [var.predictors]
}
