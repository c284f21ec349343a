# The same burn rates, windows and queries as the chart's alerts, which are for clusters with a Prometheus and an
# Alertmanager of their own; terraform/test compares them. Both windows must burn, so that an alert ends soon after its
# cause, and ten predictions must have been bad, so that one by night wakes nobody. (Windows of more than 25 hours are
# a feature of Cloud Monitoring of July 2026.)
locals {
  burns = {
    fast     = { rate = 14.4, long = "1h", short = "5m", severity = "CRITICAL" }
    moderate = { rate = 6, long = "6h", short = "30m", severity = "CRITICAL" }
    slow     = { rate = 3, long = "1d", short = "2h", severity = "WARNING" }
    creeping = { rate = 1, long = "3d", short = "6h", severity = "WARNING" }
  }
  minimum_bad = 10

  by          = "sum by (namespace, model, version)"
  predictions = "dialect!~\"health|metadata|page\""
  all         = "predictor_requests_seconds_count{${local.predictions}}"
  failed      = "predictor_requests_seconds_count{${local.predictions},outcome=\"5xx\"}"
  answered    = "predictor_requests_seconds_count{${local.predictions},outcome=\"2xx\"}"
  quick       = "predictor_requests_seconds_bucket{${local.predictions},outcome=\"2xx\",le=\"${var.objectives.latency_seconds}\"}"

  # The share of bad predictions, and how many they are; WINDOW is replaced by each window.
  bad = {
    availability = "${local.by} (rate(${local.failed}[WINDOW])) / ${local.by} (rate(${local.all}[WINDOW]))"
    latency      = "1 - ${local.by} (rate(${local.quick}[WINDOW])) / ${local.by} (rate(${local.answered}[WINDOW]))"
  }
  count = {
    availability = "${local.by} (increase(${local.failed}[WINDOW]))"
    latency      = "${local.by} (increase(${local.answered}[WINDOW])) - ${local.by} (increase(${local.quick}[WINDOW]))"
  }

  # Rounded, as 1 - 0.999 is not 0.001 in floating point.
  budget = {
    availability = tonumber(format("%.6f", 1 - var.objectives.availability))
    latency      = tonumber(format("%.6f", 1 - var.objectives.latency))
  }

  alerts = merge([for objective, bad in local.bad : {
    for burn, settings in local.burns : "${objective}-${burn}" => merge(settings, {
      objective = objective
      query = join("\nand ", [
        "${replace(bad, "WINDOW", settings.long)} > ${settings.rate} * ${local.budget[objective]}",
        "${replace(bad, "WINDOW", settings.short)} > ${settings.rate} * ${local.budget[objective]}",
        "${replace(local.count[objective], "WINDOW", settings.long)} >= ${local.minimum_bad}",
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
