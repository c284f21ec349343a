resource "google_monitoring_notification_channel" "email" {
  for_each = var.notification_emails

  project      = var.project_id
  display_name = each.value
  type         = "email"
  user_labels  = var.labels

  labels = {
    email_address = each.value
  }
}
