output "address_name" {
  description = "The address's name, for the Gateway's NamedAddress."
  value       = google_compute_global_address.this.name
}

output "certificate_map" {
  description = "The certificate map's name, for the Gateway's annotation networking.gke.io/certmap."
  value       = google_certificate_manager_certificate_map.this.name
}

output "dns_records" {
  description = "The records that the hosts' zone needs, as it is read by people: NAME TYPE DATA."
  value = flatten([for host in sort(var.hosts) : [
    "${host}. A ${google_compute_global_address.this.address}",
    [for record in google_certificate_manager_dns_authorization.host[host].dns_resource_record : "${record.name} ${record.type} ${record.data}"],
  ]])
}
