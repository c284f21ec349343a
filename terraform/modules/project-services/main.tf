resource "google_project_service" "this" {
  for_each = var.services

  project = var.project_id
  service = each.value

  # Others may use the API too: destroying this set-up must not turn it off for them.
  disable_on_destroy = false
}
