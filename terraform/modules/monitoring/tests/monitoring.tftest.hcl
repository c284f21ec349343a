mock_provider "google" {}

variables {
  project_id          = "my-project"
  name                = "flight-delay"
  labels              = {}
  objectives          = { days = 30, availability = 0.999, latency = 0.99, latency_seconds = 0.1 }
  metrics_exist       = true
  notification_emails = []
}

run "promises_what_it_is_told_to" {
  variables {
    project_id    = "other-project"
    name          = "delays"
    labels        = { team = "models" }
    objectives    = { days = 7, availability = 0.995, latency = 0.95, latency_seconds = 0.05 }
    metrics_exist = true
  }

  assert {
    condition = alltrue([for slo in [google_monitoring_slo.availability[0], google_monitoring_slo.latency[0]] :
      slo.project == "other-project" && slo.service == "delays" && slo.rolling_period_days == 7 && slo.user_labels == tomap({ team = "models" })
    ])
    error_message = "over seven days, for the service"
  }

  assert {
    condition     = google_monitoring_slo.availability[0].goal == 0.995 && google_monitoring_slo.latency[0].goal == 0.95
    error_message = "the goals"
  }

  assert {
    condition     = google_monitoring_slo.latency[0].request_based_sli[0].distribution_cut[0].range[0].max == 0.05
    error_message = "within 50 ms"
  }

  assert {
    condition = (strcontains(google_monitoring_slo.availability[0].request_based_sli[0].good_total_ratio[0].good_service_filter, "metric.labels.outcome!=\"5xx\"")
      && strcontains(google_monitoring_slo.availability[0].request_based_sli[0].good_total_ratio[0].total_service_filter, "prometheus.googleapis.com/predictor_answers_total/counter")
    && strcontains(google_monitoring_slo.latency[0].request_based_sli[0].distribution_cut[0].distribution_filter, "prometheus.googleapis.com/predictor_requests_seconds/histogram"))
    error_message = "of the predictors' own metrics"
  }

  assert {
    condition     = google_monitoring_custom_service.predictions.service_id == "delays" && google_monitoring_custom_service.predictions.user_labels == tomap({ team = "models" })
    error_message = "the service that has them"
  }

  assert {
    condition = (length(regexall("> 14.4 \\* 0.005", google_monitoring_alert_policy.burn["availability-fast"].conditions[0].condition_prometheus_query_language[0].query)) == 2
    && length(regexall("le=\"0.05\"", google_monitoring_alert_policy.burn["latency-slow"].conditions[0].condition_prometheus_query_language[0].query)) == 3)
    error_message = "the alerts are about these promises"
  }

  assert {
    condition     = alltrue([for policy in google_monitoring_alert_policy.burn : policy.project == "other-project" && startswith(policy.display_name, "delays ") && policy.user_labels == tomap({ team = "models" })])
    error_message = "the alerts' project, names and labels"
  }
}

run "burns_by_two_windows_each" {
  assert {
    condition = { for key, policy in google_monitoring_alert_policy.burn : key => "${policy.severity} ${join(" ", distinct(flatten(regexall("\\[([0-9a-z]+)\\]", policy.conditions[0].condition_prometheus_query_language[0].query))))}" } == {
      availability-fast     = "CRITICAL 1h 5m"
      availability-moderate = "CRITICAL 6h 30m"
      availability-slow     = "WARNING 1d 2h"
      availability-creeping = "WARNING 3d 6h"
      latency-fast          = "CRITICAL 1h 5m"
      latency-moderate      = "CRITICAL 6h 30m"
      latency-slow          = "WARNING 1d 2h"
      latency-creeping      = "WARNING 3d 6h"
    }
    error_message = "eight alerts, with the windows of multi-window burn rates"
  }

  assert {
    condition = google_monitoring_alert_policy.burn["availability-moderate"].conditions[0].condition_prometheus_query_language[0].query == join("\nand ", [
      "sum by (namespace, model, version) (rate(predictor_requests_seconds_count{dialect!~\"health|metadata|page\",outcome=\"5xx\"}[6h])) / sum by (namespace, model, version) (rate(predictor_requests_seconds_count{dialect!~\"health|metadata|page\"}[6h])) > 6 * 0.001",
      "sum by (namespace, model, version) (rate(predictor_requests_seconds_count{dialect!~\"health|metadata|page\",outcome=\"5xx\"}[30m])) / sum by (namespace, model, version) (rate(predictor_requests_seconds_count{dialect!~\"health|metadata|page\"}[30m])) > 6 * 0.001",
      "sum by (namespace, model, version) (increase(predictor_requests_seconds_count{dialect!~\"health|metadata|page\",outcome=\"5xx\"}[6h])) >= 10",
    ])
    error_message = "one query as it is sent"
  }

  assert {
    condition     = strcontains(google_monitoring_slo.availability[0].request_based_sli[0].good_total_ratio[0].total_service_filter, "metric.labels.dialect!=\"health\"")
    error_message = "health checks are no predictions"
  }
}

run "waits_with_objectives_for_the_first_metric_but_not_with_alerts" {
  variables {
    metrics_exist = false
  }

  assert {
    condition     = length(google_monitoring_slo.availability) + length(google_monitoring_slo.latency) == 0 && output.slos == {}
    error_message = "no objective on a metric that nobody has seen"
  }

  assert {
    condition     = length(google_monitoring_alert_policy.burn) == 8 && alltrue([for policy in google_monitoring_alert_policy.burn : policy.conditions[0].condition_prometheus_query_language[0].disable_metric_validation])
    error_message = "the alerts are there"
  }
}

run "tells_those_named" {
  variables {
    notification_emails = ["jane@example.com", "ops@example.com"]
  }

  assert {
    condition     = toset([for channel in google_monitoring_notification_channel.email : channel.labels.email_address]) == toset(["jane@example.com", "ops@example.com"])
    error_message = "a channel for each address"
  }

  assert {
    condition     = alltrue([for policy in google_monitoring_alert_policy.burn : length(policy.notification_channels) == 2])
    error_message = "every alert goes to both"
  }
}

run "refuses_too_many_days_and_what_is_no_address" {
  command = plan

  variables {
    objectives          = { days = 31, availability = 0.999, latency = 0.99, latency_seconds = 0.1 }
    notification_emails = ["jane"]
  }

  expect_failures = [var.objectives, var.notification_emails]
}

run "refuses_perfection" {
  command = plan

  variables {
    objectives = { days = 30, availability = 1, latency = 0.99, latency_seconds = 0.1 }
  }

  expect_failures = [var.objectives]
}

run "refuses_percent_for_a_share" {
  command = plan

  variables {
    objectives = { days = 30, availability = 0.999, latency = 99, latency_seconds = 0.1 }
  }

  expect_failures = [var.objectives]
}

run "refuses_what_the_histogram_cannot_tell" {
  command = plan

  variables {
    objectives = { days = 30, availability = 0.999, latency = 0.99, latency_seconds = 0.2 }
  }

  expect_failures = [var.objectives]
}
