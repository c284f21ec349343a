mock_provider "google" {}

variables {
  project_id     = "my-project"
  region         = "us-central1"
  name           = "flight-delay"
  labels         = {}
  readers        = {}
  untagged_days  = 7
  immutable_tags = false
}

run "is_where_images_go" {
  variables {
    project_id     = "other-project"
    region         = "southamerica-west1"
    name           = "delays"
    labels         = { team = "models" }
    untagged_days  = 3
    immutable_tags = true
  }

  assert {
    condition = (google_artifact_registry_repository.this.project == "other-project"
      && google_artifact_registry_repository.this.location == "southamerica-west1"
      && google_artifact_registry_repository.this.repository_id == "delays"
      && google_artifact_registry_repository.this.format == "DOCKER"
    && google_artifact_registry_repository.this.labels == tomap({ team = "models" }))
    error_message = "project, region, name and labels"
  }

  assert {
    condition     = google_artifact_registry_repository.this.docker_config[0].immutable_tags
    error_message = "tags stay with their images"
  }

  assert {
    condition     = [for policy in google_artifact_registry_repository.this.cleanup_policies : "${policy.action} ${policy.condition[0].tag_state} ${policy.condition[0].older_than}"] == ["DELETE UNTAGGED 259200s"]
    error_message = "images without a tag go after three days"
  }

  assert {
    condition     = output.host == "southamerica-west1-docker.pkg.dev" && output.registry == "southamerica-west1-docker.pkg.dev/other-project/delays"
    error_message = "the addresses that images are pushed to"
  }

  assert {
    condition     = length(google_artifact_registry_repository_iam_member.reader) == 0
    error_message = "nobody reads who is not named"
  }
}

run "is_read_by_those_named" {
  variables {
    readers = { nodes = "serviceAccount:nodes@my-project.iam.gserviceaccount.com" }
  }

  assert {
    condition     = { for name, reader in google_artifact_registry_repository_iam_member.reader : name => "${reader.role} ${reader.member}" } == { nodes = "roles/artifactregistry.reader serviceAccount:nodes@my-project.iam.gserviceaccount.com" }
    error_message = "the nodes may pull, and not more"
  }
}

run "refuses_the_public_and_halves_of_days" {
  command = plan

  variables {
    readers       = { all = "allUsers" }
    untagged_days = 0.5
  }

  expect_failures = [var.readers, var.untagged_days]
}
