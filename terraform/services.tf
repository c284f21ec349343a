locals {
  services = concat(
    [
      "artifactregistry.googleapis.com",
      "cloudresourcemanager.googleapis.com",
      "compute.googleapis.com",
      "container.googleapis.com",
      "iam.googleapis.com",
      "logging.googleapis.com",
      "monitoring.googleapis.com",
      "storage.googleapis.com",
    ],
    var.binary_authorization ? ["binaryauthorization.googleapis.com"] : [],
    length(var.hosts) > 0 ? ["certificatemanager.googleapis.com"] : [],
    var.dns_zone != null ? ["dns.googleapis.com"] : [],
    var.budget != null ? ["billingbudgets.googleapis.com"] : [],
    var.github != null ? ["iamcredentials.googleapis.com", "sts.googleapis.com"] : [],
  )
}

module "project_services" {
  source = "./modules/project-services"

  project_id = var.project_id
  services   = local.services
}

locals {
  # From here on: made once the APIs are on.
  project_id = module.project_services.project_id

  labels = merge(var.labels, {
    app        = var.name
    managed-by = "terraform"
  })
}
