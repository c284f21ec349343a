variable "project_id" {
  description = "The project of the cluster."
  type        = string
}

variable "region" {
  description = "The cluster's region: control plane and nodes are in three of its zones."
  type        = string
}

variable "name" {
  description = "The cluster's name."
  type        = string
}

variable "labels" {
  description = "Labels of the cluster and its nodes."
  type        = map(string)
}

variable "network" {
  description = "The ID of the network."
  type        = string
}

variable "subnetwork" {
  description = "The ID of the nodes' subnetwork."
  type        = string
}

variable "pods_range" {
  description = "The name of the subnetwork's secondary range for pods."
  type        = string
}

variable "services_range" {
  description = "The name of the subnetwork's secondary range for Services."
  type        = string
}

variable "node_service_account" {
  description = "The e-mail address of the nodes' service account."
  type        = string
}

variable "release_channel" {
  description = "How soon new Kubernetes versions arrive: RAPID, REGULAR or STABLE."
  type        = string

  validation {
    condition     = contains(["RAPID", "REGULAR", "STABLE"], var.release_channel)
    error_message = "release_channel must be RAPID, REGULAR or STABLE."
  }
}

variable "maintenance_window" {
  description = "When GKE may upgrade: the first window's start and end (RFC 3339, UTC) and how it recurs (RFC 5545)."
  type = object({
    start      = string
    end        = string
    recurrence = string
  })

  validation {
    condition = try(
      timecmp(timeadd(var.maintenance_window.start, "4h"), var.maintenance_window.end) <= 0, false
    )
    error_message = "maintenance_window.start and end must be times such as 2026-01-03T03:00:00Z, and at least four hours apart."
  }

  validation {
    condition     = can(regex("^FREQ=(DAILY|WEEKLY)(;[A-Z]+=[A-Z0-9,]+)*$", var.maintenance_window.recurrence))
    error_message = "maintenance_window.recurrence must be such as FREQ=WEEKLY;BYDAY=SA,SU."
  }
}

variable "authorized_networks" {
  description = "Names and CIDR blocks from which the control plane's public address may be reached. None: it has no public address, and kubectl comes by the DNS endpoint, which IAM guards."
  type        = map(string)

  validation {
    condition     = alltrue([for range in values(var.authorized_networks) : can(cidrnetmask(range))])
    error_message = "authorized_networks must be IPv4 CIDR blocks by name, such as {office = \"192.0.2.0/24\"}."
  }

  validation {
    condition     = alltrue([for range in values(var.authorized_networks) : !endswith(range, "/0")])
    error_message = "authorized_networks must not be the whole Internet: leave it empty, kubectl works by the DNS endpoint."
  }
}

variable "binary_authorization" {
  description = "Whether only images run that the project's Binary Authorization policy allows."
  type        = bool
}

variable "deletion_protection" {
  description = "Whether Terraform refuses to delete the cluster."
  type        = bool
}

variable "node_pool" {
  description = "The nodes: machine type, how many in all zones together, boot disk in GB, and whether they are Spot VMs, which cost less and may be taken away. null: Autopilot, which has as many nodes as its pods ask for."
  type = object({
    machine_type = string
    min_nodes    = number
    max_nodes    = number
    disk_gb      = number
    spot         = bool
  })

  validation {
    condition     = var.node_pool == null ? true : var.node_pool.min_nodes >= 1 && var.node_pool.max_nodes >= var.node_pool.min_nodes
    error_message = "node_pool.min_nodes must be 1 or more, and max_nodes not below it."
  }

  validation {
    condition     = var.node_pool == null ? true : var.node_pool.disk_gb >= 20
    error_message = "node_pool.disk_gb must be 20 or more: the system and its images take most of that."
  }
}
