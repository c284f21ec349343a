mock_provider "google" {
  mock_resource "google_compute_global_address" {
    defaults = {
      address = "203.0.113.7"
    }
  }

  mock_resource "google_certificate_manager_dns_authorization" {
    defaults = {
      dns_resource_record = [{ name = "_acme-challenge.example.com.", type = "CNAME", data = "1234.authorize.certificatemanager.goog." }]
    }
  }
}

variables {
  project_id = "my-project"
  name       = "flight-delay"
  labels     = {}
  hosts      = ["flights.example.com"]
  dns_zone   = null
}

run "has_an_address_and_a_certificate_for_each_host" {
  variables {
    project_id = "other-project"
    name       = "delays"
    labels     = { team = "models" }
    hosts      = ["flights.example.com", "arrivals.example.com"]
  }

  assert {
    condition     = output.address_name == "delays" && output.certificate_map == "delays"
    error_message = "the names that the Gateway says"
  }

  assert {
    condition = alltrue([for made in concat(
      [google_compute_global_address.this, google_certificate_manager_certificate_map.this],
      values(google_certificate_manager_certificate.host),
      values(google_certificate_manager_dns_authorization.host),
      values(google_certificate_manager_certificate_map_entry.host),
    ) : made.project == "other-project" && startswith(made.name, "delays") && made.labels == tomap({ team = "models" })])
    error_message = "project, names and labels"
  }

  assert {
    condition = alltrue([for host in ["flights.example.com", "arrivals.example.com"] :
      google_certificate_manager_dns_authorization.host[host].domain == host
      && google_certificate_manager_certificate.host[host].managed[0].domains == tolist([host])
      && google_certificate_manager_certificate_map_entry.host[host].hostname == host
    ])
    error_message = "authorization, certificate and map entry of each host"
  }

  assert {
    condition = output.dns_records == [
      "arrivals.example.com. A 203.0.113.7", "_acme-challenge.example.com. CNAME 1234.authorize.certificatemanager.goog.",
      "flights.example.com. A 203.0.113.7", "_acme-challenge.example.com. CNAME 1234.authorize.certificatemanager.goog.",
    ]
    error_message = "the records are listed"
  }

  assert {
    condition     = length(google_dns_record_set.host) + length(google_dns_record_set.authorization) == 0
    error_message = "and made by others"
  }
}

run "makes_the_records_in_the_zone" {
  variables {
    dns_zone = "example-com"
  }

  assert {
    condition = (google_dns_record_set.host["flights.example.com"].name == "flights.example.com."
      && google_dns_record_set.host["flights.example.com"].type == "A"
      && google_dns_record_set.host["flights.example.com"].rrdatas == tolist(["203.0.113.7"])
    && google_dns_record_set.host["flights.example.com"].managed_zone == "example-com")
    error_message = "the address"
  }

  assert {
    condition = (google_dns_record_set.authorization["flights.example.com"].name == "_acme-challenge.example.com."
      && google_dns_record_set.authorization["flights.example.com"].type == "CNAME"
    && google_dns_record_set.authorization["flights.example.com"].managed_zone == "example-com")
    error_message = "the authorization"
  }
}

run "refuses_no_host" {
  command = plan

  variables {
    hosts = []
  }

  expect_failures = [var.hosts]
}

run "refuses_addresses_and_paths" {
  command = plan

  variables {
    hosts = ["https://flights.example.com/"]
  }

  expect_failures = [var.hosts]
}
