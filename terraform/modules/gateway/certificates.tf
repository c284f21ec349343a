# One authorization, certificate and map entry a host: a host is added or taken away without the others noticing.
# With DNS authorization the certificate is there before any traffic is.
resource "google_certificate_manager_dns_authorization" "host" {
  for_each = var.hosts

  project = var.project_id
  name    = "${var.name}-${replace(each.value, ".", "-")}"
  domain  = each.value
  labels  = var.labels
}

resource "google_certificate_manager_certificate" "host" {
  for_each = var.hosts

  project = var.project_id
  name    = "${var.name}-${replace(each.value, ".", "-")}"
  labels  = var.labels

  managed {
    domains            = [each.value]
    dns_authorizations = [google_certificate_manager_dns_authorization.host[each.value].id]
  }
}

resource "google_certificate_manager_certificate_map" "this" {
  project = var.project_id
  name    = var.name
  labels  = var.labels
}

resource "google_certificate_manager_certificate_map_entry" "host" {
  for_each = var.hosts

  project      = var.project_id
  name         = "${var.name}-${replace(each.value, ".", "-")}"
  map          = google_certificate_manager_certificate_map.this.name
  hostname     = each.value
  certificates = [google_certificate_manager_certificate.host[each.value].id]
  labels       = var.labels
}
