mock_provider "google" {
  mock_resource "google_service_account" {
    defaults = {
      email = "flight-delay-run@my-project.iam.gserviceaccount.com"
    }
  }

  mock_resource "google_cloud_run_v2_service" {
    defaults = {
      uri = "https://flight-delay-123456789012.us-central1.run.app"
    }
  }
}

variables {
  project_id = "my-project"
  image      = "us-central1-docker.pkg.dev/my-project/flight-delay/flight-delay-predictor:0.1.0-SNAPSHOT"
}

run "makes_what_comes_before_the_image" {
  variables {
    image = null
  }

  assert {
    condition     = length(google_cloud_run_v2_service.predictor) == 0 && length(google_cloud_run_v2_service_iam_member.invoker) == 0 && output.url == null
    error_message = "no service without an image"
  }

  assert {
    condition     = split("\n", output.next_commands)[1] == "images/build --push us-central1-docker.pkg.dev/my-project/flight-delay"
    error_message = "the way to the image"
  }
}

run "serves_the_sample_to_nobody_who_is_not_let" {
  assert {
    condition = { for env in google_cloud_run_v2_service.predictor[0].template[0].containers[0].env : env.name => env.value } == {
      MODEL_NAME   = "flight-delay"
      MODEL_URI    = "gs://my-project-flight-delay-models/flight-delay/flight-delay.pkl"
      MODEL_SHA256 = output.model.sha256
    }
    error_message = "the sample, from the bucket, by its hash"
  }

  assert {
    condition     = length(google_cloud_run_v2_service_iam_member.invoker) == 0
    error_message = "nobody may call unless named"
  }

  assert {
    condition     = google_storage_bucket_iam_member.predictor.role == "roles/storage.objectViewer" && google_storage_bucket_iam_member.predictor.bucket == "my-project-flight-delay-models"
    error_message = "the predictor reads the bucket, and no more"
  }

  assert {
    condition = (google_cloud_run_v2_service.predictor[0].template[0].containers[0].startup_probe[0].http_get[0].path == "/readyz"
    && google_cloud_run_v2_service.predictor[0].template[0].containers[0].liveness_probe[0].http_get[0].path == "/livez")
    error_message = "the predictor's own probes"
  }

  assert {
    condition     = google_cloud_run_v2_service.predictor[0].deletion_protection && google_cloud_run_v2_service.predictor[0].template[0].containers[0].resources[0].startup_cpu_boost
    error_message = "protected, and started with more CPU"
  }
}

run "takes_its_place_and_settings" {
  variables {
    project_id          = "other-project"
    region              = "southamerica-west1"
    name                = "delays"
    labels              = { team = "models" }
    image               = "registry.example.com/predictor@sha256:818a8c85a890bcf651fe5a13f9d004a7f0c4b9f9741631e93568978baea4c3a6"
    model               = { path = "arrivals/v2.pkl", sha256 = "237344fbdf19c56c3e161c8a6f45dec5fd21cc5c6b295c4dfd29832576eca0aa" }
    model_bucket        = "other-models"
    instances           = { min = 2, max = 50 }
    concurrency         = 80
    resources           = { cpu = 2, memory = "1Gi" }
    cpu_boost           = false
    deletion_protection = false
  }

  assert {
    condition = (google_cloud_run_v2_service.predictor[0].project == "other-project"
      && google_cloud_run_v2_service.predictor[0].location == "southamerica-west1"
      && google_cloud_run_v2_service.predictor[0].name == "delays"
    && google_cloud_run_v2_service.predictor[0].labels == tomap({ team = "models", app = "delays", managed-by = "terraform" }))
    error_message = "project, region, name and labels"
  }

  assert {
    condition     = output.model == { uri = "gs://other-models/arrivals/v2.pkl", sha256 = "237344fbdf19c56c3e161c8a6f45dec5fd21cc5c6b295c4dfd29832576eca0aa" } && output.model_bucket == "other-models"
    error_message = "another model of the bucket"
  }

  assert {
    condition     = google_cloud_run_v2_service.predictor[0].template[0].containers[0].image == "registry.example.com/predictor@sha256:818a8c85a890bcf651fe5a13f9d004a7f0c4b9f9741631e93568978baea4c3a6"
    error_message = "the image"
  }

  assert {
    condition = (google_cloud_run_v2_service.predictor[0].template[0].scaling[0].min_instance_count == 2
      && google_cloud_run_v2_service.predictor[0].template[0].scaling[0].max_instance_count == 50
    && google_cloud_run_v2_service.predictor[0].template[0].max_instance_request_concurrency == 80)
    error_message = "how many instances, and how much each takes on"
  }

  assert {
    condition = (google_cloud_run_v2_service.predictor[0].template[0].containers[0].resources[0].limits == tomap({ cpu = "2", memory = "1Gi" })
    && !google_cloud_run_v2_service.predictor[0].template[0].containers[0].resources[0].startup_cpu_boost)
    error_message = "CPU and memory, without a boost"
  }

  assert {
    condition     = !google_cloud_run_v2_service.predictor[0].deletion_protection
    error_message = "protection can be taken off"
  }
}

run "lets_those_named_call" {
  variables {
    invokers = ["user:jane@example.com"]
  }

  assert {
    condition     = [for invoker in google_cloud_run_v2_service_iam_member.invoker : "${invoker.role} ${invoker.member}"] == ["roles/run.invoker user:jane@example.com"]
    error_message = "jane, and nobody else"
  }

  assert {
    condition     = startswith(output.next_commands, "curl -s ${output.url}/v1/models/flight-delay:predict -H \"Authorization: Bearer ")
    error_message = "who calls says who they are"
  }
}

run "is_public_by_an_explicit_switch_only" {
  variables {
    public = true
  }

  assert {
    condition     = [for invoker in google_cloud_run_v2_service_iam_member.invoker : "${invoker.role} ${invoker.member}"] == ["roles/run.invoker allUsers"]
    error_message = "everyone may call"
  }

  assert {
    condition     = !strcontains(output.next_commands, "Authorization")
    error_message = "without saying who they are"
  }
}

run "refuses_what_cloud_run_cannot_do" {
  command = plan

  variables {
    project_id  = "My Project"
    region      = "southamerica"
    name        = "a-name-that-is-much-too-long-for-this"
    labels      = { team = "Models" }
    image       = "flight-delay-predictor"
    model       = { path = "arrivals/v2.pkl", sha256 = "237344FB" }
    instances   = { min = 3, max = 2 }
    concurrency = 2000
    resources   = { cpu = 0.5 }
    invokers    = ["allUsers"]
  }

  expect_failures = [var.project_id, var.region, var.name, var.labels, var.image, var.model, var.instances, var.concurrency, var.resources, var.invokers]
}

run "refuses_a_uri_for_a_path_megabytes_and_public_with_callers" {
  command = plan

  variables {
    model     = { path = "gs://other/v2.pkl", sha256 = "237344fbdf19c56c3e161c8a6f45dec5fd21cc5c6b295c4dfd29832576eca0aa" }
    resources = { memory = "512MB" }
    public    = true
    invokers  = ["user:jane@example.com"]
  }

  expect_failures = [var.model, var.resources, var.public]
}
