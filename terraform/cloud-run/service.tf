locals {
  model = var.model == null ? module.model_bucket.sample : {
    uri    = "gs://${module.model_bucket.bucket}/${var.model.path}"
    sha256 = var.model.sha256
  }
}

resource "google_cloud_run_v2_service" "predictor" {
  count = var.image == null ? 0 : 1

  project             = local.project_id
  location            = var.region
  name                = var.name
  labels              = local.labels
  ingress             = "INGRESS_TRAFFIC_ALL"
  deletion_protection = var.deletion_protection

  template {
    labels                           = local.labels
    service_account                  = google_service_account.predictor.email
    max_instance_request_concurrency = var.concurrency

    scaling {
      min_instance_count = var.instances.min
      max_instance_count = var.instances.max
    }

    containers {
      name  = "predictor"
      image = var.image

      # Cloud Run sets PORT from it.
      ports {
        container_port = 8080
      }

      env {
        name  = "MODEL_NAME"
        value = "flight-delay"
      }

      env {
        name  = "MODEL_URI"
        value = local.model.uri
      }

      env {
        name  = "MODEL_SHA256"
        value = local.model.sha256
      }

      resources {
        startup_cpu_boost = var.cpu_boost
        cpu_idle          = true

        limits = {
          cpu    = tostring(var.resources.cpu)
          memory = var.resources.memory
        }
      }

      # Ready: the model is loaded, and has answered once.
      startup_probe {
        period_seconds    = 1
        timeout_seconds   = 1
        failure_threshold = 120

        http_get {
          path = "/readyz"
          port = 8080
        }
      }

      liveness_probe {
        period_seconds  = 10
        timeout_seconds = 1

        http_get {
          path = "/livez"
          port = 8080
        }
      }
    }
  }

  # The first instance reads the bucket.
  depends_on = [google_storage_bucket_iam_member.predictor]
}
