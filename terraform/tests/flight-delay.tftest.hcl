mock_provider "google" {
  mock_resource "google_storage_bucket" {
    defaults = {
      project_number = 123456789012
    }
  }

  mock_resource "google_service_account" {
    defaults = {
      name  = "projects/my-project/serviceAccounts/flight-delay-made@my-project.iam.gserviceaccount.com"
      email = "flight-delay-made@my-project.iam.gserviceaccount.com"
    }
  }

  mock_resource "google_compute_global_address" {
    defaults = {
      address = "203.0.113.7"
    }
  }

  mock_resource "google_certificate_manager_dns_authorization" {
    defaults = {
      dns_resource_record = [{ name = "_acme-challenge.flights.example.com.", type = "CNAME", data = "1234.authorize.certificatemanager.goog." }]
    }
  }

  mock_resource "google_monitoring_notification_channel" {
    defaults = {
      id = "projects/my-project/notificationChannels/1"
    }
  }
}

variables {
  project_id = "my-project"
}

run "reaches_from_the_cluster_to_an_answer" {
  assert {
    condition     = local.cluster.name == "flight-delay" && output.cluster == { name = "flight-delay", location = "us-central1" } && keys(module.gke) == ["autopilot"]
    error_message = "an Autopilot cluster, unless told otherwise"
  }

  assert {
    condition     = module.model_readers.members == ["principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/my-project.svc.id.goog/subject/ns/flight-delay/sa/predictor"]
    error_message = "the predictors alone read the models"
  }

  assert {
    condition     = output.model_bucket == "my-project-flight-delay-models" && output.sample_model.uri == "gs://my-project-flight-delay-models/flight-delay/flight-delay.pkl"
    error_message = "the bucket has the sample"
  }

  assert {
    condition = [for command in local.next_commands : split(" ", command)[0] == "kubectl" ? join(" ", slice(split(" ", command), 0, 2)) : split(" ", command)[0]] == [
      "gcloud", "gcloud", "images/build", "kubectl create", "helm", "kubectl apply", "kubectl wait", "kubectl port-forward", "curl",
    ]
    error_message = "the commands in their order"
  }

  assert {
    condition     = output.next_commands == join("\n", local.next_commands)
    error_message = "one command a line"
  }

  assert {
    condition     = strcontains(local.model, "sha256: ${output.sample_model.sha256}\n") && strcontains(local.model, "type: None\n") && !strcontains(local.helm_install, "gateway")
    error_message = "without a host there is no Gateway"
  }

  assert {
    condition     = output.dns_records == [] && output.github_variables == null && output.slos == {} && length(module.budget) == 0
    error_message = "what is not asked for is not made"
  }

  assert {
    condition = module.project_services.project_id == "my-project" && toset(local.services) == toset([
      "artifactregistry.googleapis.com", "cloudresourcemanager.googleapis.com", "compute.googleapis.com", "container.googleapis.com",
      "iam.googleapis.com", "logging.googleapis.com", "monitoring.googleapis.com", "storage.googleapis.com",
    ])
    error_message = "the APIs that are needed"
  }
}

run "takes_project_region_name_and_tag" {
  variables {
    project_id       = "other-project"
    region           = "southamerica-west1"
    name             = "delays"
    labels           = { team = "models" }
    image_tag        = "1.2"
    models_namespace = "arrivals"
    model_bucket     = "other-models"
    sample_model     = false
  }

  assert {
    condition     = output.cluster == { name = "delays", location = "southamerica-west1" } && output.registry == "southamerica-west1-docker.pkg.dev/other-project/delays" && output.model_bucket == "other-models"
    error_message = "cluster, registry and bucket"
  }

  assert {
    condition     = local.labels == { team = "models", app = "delays", managed-by = "terraform" }
    error_message = "labels, and what made it"
  }

  assert {
    condition = (strcontains(local.helm_install, "--set 'image.tag=1.2'")
      && strcontains(local.helm_install, "--set 'predictor.image=southamerica-west1-docker.pkg.dev/other-project/delays/flight-delay-predictor:1.2'")
    && strcontains(local.helm_install, "--set 'watch.namespaces={arrivals}'"))
    error_message = "helm installs that tag, for that namespace"
  }

  assert {
    condition     = endswith(module.model_readers.members[0], "workloadIdentityPools/other-project.svc.id.goog/subject/ns/arrivals/sa/predictor")
    error_message = "the predictors of that namespace read"
  }

  assert {
    condition     = output.sample_model == null && !strcontains(output.next_commands, "kubectl apply")
    error_message = "without the sample there is nothing to apply"
  }
}

run "has_a_standard_cluster_instead" {
  variables {
    cluster_mode         = "standard"
    node_pool            = {}
    binary_authorization = true
  }

  assert {
    condition     = keys(module.gke) == ["standard"] && local.cluster == module.gke["standard"]
    error_message = "a standard cluster, and what comes after uses it"
  }

  assert {
    condition     = contains(local.services, "binaryauthorization.googleapis.com")
    error_message = "the API of Binary Authorization"
  }
}

run "answers_on_its_hosts" {
  variables {
    hosts    = ["flights.example.com", "arrivals.example.com"]
    dns_zone = "example-com"
  }

  assert {
    condition = alltrue([for setting in [
      "gateway.enabled=true", "gateway.className=gke-l7-global-external-managed", "gateway.address.type=NamedAddress",
      "gateway.address.value=flight-delay", "gateway.certificateMap=flight-delay",
    ] : strcontains(local.helm_install, "--set '${setting}'")])
    error_message = "the chart's Gateway has the address and the certificates"
  }

  assert {
    condition     = strcontains(local.model, "type: HTTPRoute\n    host: arrivals.example.com\n    parentRefs:\n    - name: predictions\n      namespace: flight-delay-system\n")
    error_message = "the sample is on the first host"
  }

  assert {
    condition     = local.address == "https://arrivals.example.com" && !strcontains(output.next_commands, "port-forward")
    error_message = "and is asked there"
  }

  assert {
    condition     = length(output.dns_records) == 4
    error_message = "two records a host"
  }

  assert {
    condition     = contains(local.services, "certificatemanager.googleapis.com") && contains(local.services, "dns.googleapis.com")
    error_message = "the APIs of certificates and DNS"
  }
}

run "promises_alerts_and_watches_what_it_costs" {
  variables {
    metrics_exist       = true
    objectives          = { availability = 0.995 }
    notification_emails = ["jane@example.com"]
    budget              = { billing_account = "012345-6789AB-CDEF01", amount = 300 }
  }

  assert {
    condition     = toset(keys(output.slos)) == toset(["availability", "latency"])
    error_message = "two objectives, once there are metrics"
  }

  assert {
    condition     = module.monitoring.channels == ["projects/my-project/notificationChannels/1"]
    error_message = "a channel to jane"
  }

  assert {
    condition     = length(module.budget) == 1 && contains(local.services, "billingbudgets.googleapis.com")
    error_message = "a budget, and its API"
  }
}

run "lets_a_github_repository_push" {
  variables {
    github = { repository = "example/flight-delay" }
  }

  assert {
    condition = output.github_variables == {
      GOOGLE_WORKLOAD_IDENTITY_PROVIDER = "projects/123456789012/locations/global/workloadIdentityPools/flight-delay-github/providers/github"
      GOOGLE_SERVICE_ACCOUNT            = "flight-delay-made@my-project.iam.gserviceaccount.com"
      GOOGLE_REGISTRY                   = "us-central1-docker.pkg.dev/my-project/flight-delay"
    }
    error_message = "what the workflows need"
  }

  assert {
    condition     = contains(local.services, "iamcredentials.googleapis.com") && contains(local.services, "sts.googleapis.com")
    error_message = "the APIs that exchange tokens"
  }
}

run "refuses_numbers_zones_capitals_and_unknown_kinds" {
  command = plan

  variables {
    project_id   = "123456789012"
    region       = "us-central1-a"
    name         = "Flight-Delay"
    labels       = { Team = "models" }
    cluster_mode = "serverless"
    image_tag    = "not a tag"
    dns_zone     = "example-com"
  }

  expect_failures = [var.project_id, var.region, var.name, var.labels, var.cluster_mode, var.image_tag, var.dns_zone]
}

run "refuses_labels_of_its_own" {
  command = plan

  variables {
    labels = { managed-by = "hand" }
  }

  expect_failures = [var.labels]
}

run "refuses_nodes_for_autopilot" {
  command = plan

  variables {
    node_pool = {}
  }

  expect_failures = [var.node_pool]
}
