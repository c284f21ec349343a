mock_provider "google" {
  mock_resource "google_service_account" {
    defaults = {
      email = "delays-nodes@other-project.iam.gserviceaccount.com"
    }
  }
}

run "may_write_logs_and_metrics_only" {
  variables {
    project_id = "other-project"
    name       = "delays"
  }

  assert {
    condition     = google_service_account.nodes.project == "other-project" && google_service_account.nodes.account_id == "delays-nodes"
    error_message = "a service account of its own"
  }

  assert {
    condition = (google_project_iam_member.nodes.project == "other-project"
      && google_project_iam_member.nodes.role == "roles/container.defaultNodeServiceAccount"
    && google_project_iam_member.nodes.member == "serviceAccount:delays-nodes@other-project.iam.gserviceaccount.com")
    error_message = "with the least that nodes need"
  }

  assert {
    condition     = output.email == "delays-nodes@other-project.iam.gserviceaccount.com"
    error_message = "its address is handed on"
  }
}
