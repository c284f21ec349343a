output "channels" {
  description = "The IDs of the notification channels."
  value       = [for channel in google_monitoring_notification_channel.email : channel.id]
}

output "slos" {
  description = "The resource names of the objectives, by what they promise."
  value = {
    for slo in concat(google_monitoring_slo.availability, google_monitoring_slo.latency) : slo.slo_id => slo.name
  }
}
