mock_provider "google" {
  mock_resource "google_service_account" {
    defaults = {
      name  = "projects/other-project/serviceAccounts/delays-delivery@other-project.iam.gserviceaccount.com"
      email = "delays-delivery@other-project.iam.gserviceaccount.com"
    }
  }
}

variables {
  project_id        = "my-project"
  project_number    = "123456789012"
  name              = "flight-delay"
  region            = "us-central1"
  repository        = "flight-delay"
  github_repository = "example/flight-delay"
  github_ref        = "refs/heads/main"
}

run "believes_one_branch_of_one_repository_and_lets_it_push" {
  variables {
    project_id        = "other-project"
    project_number    = "210987654321"
    name              = "delays"
    region            = "southamerica-west1"
    repository        = "images"
    github_repository = "someone/delays"
    github_ref        = "refs/tags/v1"
  }

  assert {
    condition     = google_iam_workload_identity_pool_provider.github.attribute_condition == "assertion.repository == 'someone/delays' && assertion.ref == 'refs/tags/v1'"
    error_message = "no other repository, and no other branch"
  }

  assert {
    condition     = google_service_account_iam_member.github.role == "roles/iam.workloadIdentityUser" && google_service_account_iam_member.github.member == "principalSet://iam.googleapis.com/projects/210987654321/locations/global/workloadIdentityPools/delays-github/attribute.repository/someone/delays"
    error_message = "the repository's workflows act as the service account"
  }

  assert {
    condition = (google_artifact_registry_repository_iam_member.writer.role == "roles/artifactregistry.writer"
      && google_artifact_registry_repository_iam_member.writer.project == "other-project"
      && google_artifact_registry_repository_iam_member.writer.location == "southamerica-west1"
      && google_artifact_registry_repository_iam_member.writer.repository == "images"
    && google_artifact_registry_repository_iam_member.writer.member == "serviceAccount:delays-delivery@other-project.iam.gserviceaccount.com")
    error_message = "which pushes to the one repository"
  }

  assert {
    condition     = google_service_account.delivery.account_id == "delays-delivery" && google_service_account.delivery.project == "other-project"
    error_message = "the service account"
  }

  assert {
    condition     = output.workload_identity_provider == "projects/210987654321/locations/global/workloadIdentityPools/delays-github/providers/github" && output.service_account == "delays-delivery@other-project.iam.gserviceaccount.com"
    error_message = "the workflow's variables"
  }
}

run "refuses_urls_and_wildcards" {
  command = plan

  variables {
    github_repository = "https://github.com/example/flight-delay"
    github_ref        = "refs/heads/*"
  }

  expect_failures = [var.github_repository, var.github_ref]
}
