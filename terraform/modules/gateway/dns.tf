resource "google_dns_record_set" "host" {
  for_each = var.dns_zone == null ? [] : var.hosts

  project      = var.project_id
  managed_zone = var.dns_zone
  name         = "${each.value}."
  type         = "A"
  ttl          = 300
  rrdatas      = [google_compute_global_address.this.address]
}

resource "google_dns_record_set" "authorization" {
  for_each = var.dns_zone == null ? [] : var.hosts

  project      = var.project_id
  managed_zone = var.dns_zone
  name         = google_certificate_manager_dns_authorization.host[each.value].dns_resource_record[0].name
  type         = google_certificate_manager_dns_authorization.host[each.value].dns_resource_record[0].type
  ttl          = 300
  rrdatas      = [google_certificate_manager_dns_authorization.host[each.value].dns_resource_record[0].data]
}
