# The same burn rates and windows as the chart's PrometheusRule: a fast burn wakes somebody, a slow one waits for
# the morning. Both windows must burn, so that an alert ends soon after its cause.
locals {
  burns = {
    fast     = { rate = 14.4, long = "1h", short = "5m", severity = "CRITICAL" }
    moderate = { rate = 6, long = "6h", short = "30m", severity = "CRITICAL" }
    slow     = { rate = 3, long = "1d", short = "2h", severity = "WARNING" }
    creeping = { rate = 1, long = "3d", short = "6h", severity = "WARNING" }
  }

  # The share of bad answers; WINDOW is replaced by each window.
  bad = {
    availability = "sum by (namespace, model) (rate(predictor_requests_seconds_count{outcome=\"5xx\"}[WINDOW])) / sum by (namespace, model) (rate(predictor_requests_seconds_count[WINDOW]))"
    latency      = "1 - sum by (namespace, model) (rate(predictor_requests_seconds_bucket{le=\"${var.objectives.latency_seconds}\"}[WINDOW])) / sum by (namespace, model) (rate(predictor_requests_seconds_count[WINDOW]))"
  }

  # Rounded, as 1 - 0.999 is not 0.001 in floating point.
  budget = {
    availability = tonumber(format("%.6f", 1 - var.objectives.availability))
    latency      = tonumber(format("%.6f", 1 - var.objectives.latency))
  }

  alerts = merge([for objective, bad in local.bad : {
    for burn, settings in local.burns : "${objective}-${burn}" => merge(settings, {
      objective = objective
      query = join(" and ", [for window in [settings.long, settings.short] :
        "(${replace(bad, "WINDOW", window)}) > ${settings.rate} * ${local.budget[objective]}"
      ])
    })
  }]...)
}

resource "google_monitoring_alert_policy" "burn" {
  for_each = local.alerts

  project               = var.project_id
  display_name          = "${var.name} ${each.key}"
  combiner              = "OR"
  severity              = each.value.severity
  user_labels           = var.labels
  notification_channels = [for channel in google_monitoring_notification_channel.email : channel.id]

  conditions {
    display_name = "The error budget of ${each.value.objective} burns ${each.value.rate} times too fast over ${each.value.long} and ${each.value.short}"

    condition_prometheus_query_language {
      query               = each.value.query
      duration            = "0s"
      evaluation_interval = "60s"

      # Before the first prediction there is no such metric.
      disable_metric_validation = true
    }
  }

  documentation {
    mime_type = "text/markdown"
    content   = "At this rate the budget of ${var.objectives.days} days is spent in ${format("%.1f", var.objectives.days / each.value.rate)} days. `kubectl get fdm -A` and `kubectl describe fdm` say which version is at fault; setting its traffic to 0 takes effect at once."
  }
}
