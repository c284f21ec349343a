locals {
  # Of Managed Service for Prometheus, which names a metric by its Prometheus type besides. Health checks, metadata and
  # the pages for people are no predictions.
  of_predictions = join(" AND ", concat(
    ["resource.type=\"prometheus_target\""],
    [for dialect in ["health", "metadata", "page"] : "metric.labels.dialect!=\"${dialect}\""],
  ))
  answers = "metric.type=\"prometheus.googleapis.com/predictor_answers_total/counter\" AND ${local.of_predictions}"
  seconds = "metric.type=\"prometheus.googleapis.com/predictor_requests_seconds/histogram\" AND ${local.of_predictions} AND metric.labels.outcome=\"2xx\""
}

resource "google_monitoring_custom_service" "predictions" {
  project      = var.project_id
  service_id   = var.name
  display_name = "Predictions of ${var.name}"
  user_labels  = var.labels
}

resource "google_monitoring_slo" "availability" {
  count = var.metrics_exist ? 1 : 0

  project             = var.project_id
  service             = google_monitoring_custom_service.predictions.service_id
  slo_id              = "availability"
  display_name        = "${var.objectives.availability * 100} % of predictions without a server error, over ${var.objectives.days} days"
  goal                = var.objectives.availability
  rolling_period_days = var.objectives.days
  user_labels         = var.labels

  request_based_sli {
    good_total_ratio {
      good_service_filter  = "${local.answers} AND metric.labels.outcome!=\"5xx\""
      total_service_filter = local.answers
    }
  }
}

resource "google_monitoring_slo" "latency" {
  count = var.metrics_exist ? 1 : 0

  project             = var.project_id
  service             = google_monitoring_custom_service.predictions.service_id
  slo_id              = "latency"
  display_name        = "${var.objectives.latency * 100} % of predictions within ${var.objectives.latency_seconds * 1000} ms, over ${var.objectives.days} days"
  goal                = var.objectives.latency
  rolling_period_days = var.objectives.days
  user_labels         = var.labels

  request_based_sli {
    distribution_cut {
      distribution_filter = local.seconds

      range {
        max = var.objectives.latency_seconds
      }
    }
  }
}
