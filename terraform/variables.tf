variable "project_id" {
  description = "The ID of the Google Cloud project that everything is made in. It must exist and have a billing account."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "project_id must be a project's ID, not its name or number: 6 to 30 of a-z, 0-9 and -, such as my-project."
  }
}

variable "region" {
  description = "The region of cluster, registry and bucket."
  type        = string
  default     = "us-central1"

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "region must be a region such as us-central1 or southamerica-west1, not a zone."
  }
}

variable "name" {
  description = "The cluster's name, and how the names of all else begin."
  type        = string
  default     = "flight-delay"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.name))
    error_message = "name must have 3 to 20 of a-z, 0-9 and -, begin with a letter and not end with -."
  }
}

variable "labels" {
  description = "Labels of everything that has labels, for the bill among others; app and managed-by are added."
  type        = map(string)
  default     = {}

  validation {
    condition = alltrue([for key, value in var.labels :
      can(regex("^[a-z][a-z0-9_-]{0,62}$", key)) && can(regex("^[a-z0-9_-]{0,63}$", value))
    ])
    error_message = "labels must have keys and values of a-z, 0-9, _ and -, at most 63; keys begin with a letter."
  }

  validation {
    condition     = length(setintersection(keys(var.labels), ["app", "managed-by"])) == 0
    error_message = "labels must not have app or managed-by: those say what made these resources."
  }
}

variable "cluster_mode" {
  description = "autopilot: Google runs the nodes, and pods are what costs. standard: nodes of your own choice, by node_pool."
  type        = string
  default     = "autopilot"

  validation {
    condition     = contains(["autopilot", "standard"], var.cluster_mode)
    error_message = "cluster_mode must be autopilot or standard."
  }
}

variable "node_pool" {
  description = "The nodes of a standard cluster: machine type, how many in all zones together, boot disk in GB, and whether they are Spot VMs, which cost less and may be taken away at any time."
  type = object({
    machine_type = optional(string, "e2-standard-4")
    min_nodes    = optional(number, 3)
    max_nodes    = optional(number, 12)
    disk_gb      = optional(number, 50)
    spot         = optional(bool, false)
  })
  default = null

  validation {
    condition     = (var.node_pool != null) == (var.cluster_mode == "standard")
    error_message = "node_pool is for cluster_mode standard, which needs it ({} takes its defaults); with autopilot leave it out."
  }
}

variable "release_channel" {
  description = "How soon new Kubernetes versions arrive: RAPID, REGULAR or STABLE."
  type        = string
  default     = "REGULAR"
}

variable "maintenance_window" {
  description = "When GKE may upgrade: the first window's start and end (RFC 3339, UTC) and how it recurs (RFC 5545)."
  type = object({
    start      = string
    end        = string
    recurrence = string
  })
  default = {
    start      = "2026-01-03T03:00:00Z"
    end        = "2026-01-03T09:00:00Z"
    recurrence = "FREQ=WEEKLY;BYDAY=SA,SU"
  }
}

variable "authorized_networks" {
  description = "Names and CIDR blocks from which the control plane's public address may be reached. None (the default): it has no public address, and kubectl comes by the DNS endpoint, which IAM guards."
  type        = map(string)
  default     = {}
}

variable "binary_authorization" {
  description = "Whether only images run that the project's Binary Authorization policy allows. Without a policy of yours that is every image."
  type        = bool
  default     = false
}

variable "deletion_protection" {
  description = "Whether Terraform refuses to delete the cluster, and the bucket while there are models in it."
  type        = bool
  default     = true
}

variable "ranges" {
  description = "IPv4 ranges of nodes, pods and Services, as CIDR blocks that overlap with nothing the network is connected to."
  type = object({
    nodes    = string
    pods     = string
    services = string
  })
  default = {
    nodes    = "10.0.0.0/20"
    pods     = "10.16.0.0/14"
    services = "10.20.0.0/20"
  }
}

variable "flow_logs" {
  description = "The share of the network's flows that is logged, from 0 (none) to 1; logs cost by volume."
  type        = number
  default     = 0
}

variable "immutable_tags" {
  description = "Whether an image's tag, once pushed, cannot be pushed again."
  type        = bool
  default     = false
}

variable "image_tag" {
  description = "The tag that images/build --push gives, for the commands that the outputs print: the project's version, unless you build another."
  type        = string
  default     = "0.1.0-SNAPSHOT"

  validation {
    condition     = can(regex("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$", var.image_tag))
    error_message = "image_tag must be a tag: letters, digits, _, . and -, at most 128."
  }
}

variable "model_bucket" {
  description = "The bucket's name. Default: PROJECT-NAME-models."
  type        = string
  default     = null
}

variable "keep_models_days" {
  description = "For how many days a model that was deleted or overwritten can be had back, 7 to 90."
  type        = number
  default     = 30
}

variable "sample_model" {
  description = "Whether the sample model is uploaded; the output model serves it."
  type        = bool
  default     = true
}

variable "models_namespace" {
  description = "The Kubernetes namespace of the models, which the operator watches."
  type        = string
  default     = "flight-delay"
}

variable "hosts" {
  description = "The models' host names, such as flights.example.com: they get a Gateway's address and certificates. None: the models are reached from within the cluster only."
  type        = set(string)
  default     = []
}

variable "dns_zone" {
  description = "The name of a Cloud DNS zone of this project that gets the hosts' records. Default: the output dns_records lists them for you to make."
  type        = string
  default     = null

  validation {
    condition     = var.dns_zone == null || length(var.hosts) > 0
    error_message = "dns_zone is for the records of hosts: name the hosts too."
  }
}

variable "objectives" {
  description = "What the predictions promise over so many days: the share answered without a server error, and the share answered within so many seconds."
  type = object({
    days            = optional(number, 30)
    availability    = optional(number, 0.999)
    latency         = optional(number, 0.99)
    latency_seconds = optional(number, 0.1)
  })
  default = {}
}

variable "metrics_exist" {
  description = "Set it to true, and apply again, once a model answers: Cloud Monitoring refuses an objective on a metric that it has never seen. The alerts are there before."
  type        = bool
  default     = false
}

variable "notification_emails" {
  description = "The e-mail addresses that alerts go to."
  type        = set(string)
  default     = []
}

variable "budget" {
  description = "The billing account, such as 012345-6789AB-CDEF01, and what the project may cost a month in its currency: mails go out at 50, 90 and 100 %, and when the month is going to end above. Default: no budget."
  type = object({
    billing_account = string
    amount          = number
  })
  default = null
}

variable "github" {
  description = "The GitHub repository, as OWNER/NAME, and the branch whose workflows push images, without a key. Default: none."
  type = object({
    repository = string
    ref        = optional(string, "refs/heads/main")
  })
  default = null
}
