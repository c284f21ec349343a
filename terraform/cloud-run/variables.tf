variable "project_id" {
  description = "The ID of the Google Cloud project that everything is made in. It must exist and have a billing account."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "project_id must be a project's ID, not its name or number: 6 to 30 of a-z, 0-9 and -, such as my-project."
  }
}

variable "region" {
  description = "The region of service, registry and bucket."
  type        = string
  default     = "us-central1"

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "region must be a region such as us-central1 or southamerica-west1, not a zone."
  }
}

variable "name" {
  description = "The service's name, and how the names of all else begin."
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
}

variable "image" {
  description = "The predictor's image, by tag or digest. Default: none yet, and so no service: apply makes the registry that it is pushed to first."
  type        = string
  default     = null

  validation {
    condition     = var.image == null ? true : can(regex("^[a-z0-9.-]+(/[a-z0-9._-]+)+(:[A-Za-z0-9_.-]+|@sha256:[0-9a-f]{64})$", var.image))
    error_message = "image must be a registry's image with its tag or digest, such as us-central1-docker.pkg.dev/my-project/flight-delay/flight-delay-predictor:1.0."
  }
}

variable "model" {
  description = "The model in the bucket: its path there and its SHA-256. Default: the sample model."
  type = object({
    path   = string
    sha256 = string
  })
  default = null

  validation {
    condition     = var.model == null ? true : can(regex("^[0-9a-f]{64}$", var.model.sha256))
    error_message = "model.sha256 must be 64 lower-case hex digits, as sha256sum prints them."
  }

  validation {
    condition     = var.model == null ? true : can(regex("^[^/].*[^/]$", var.model.path)) && !startswith(var.model.path, "gs:")
    error_message = "model.path is the path within the bucket, such as flight-delay/v2.pkl."
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

variable "instances" {
  description = "The fewest and the most instances. With min 0 nothing runs, and nothing costs, while nobody asks; the next one waits for a start."
  type = object({
    min = optional(number, 0)
    max = optional(number, 10)
  })
  default = {}

  validation {
    condition     = var.instances.min >= 0 && var.instances.max >= 1 && var.instances.max >= var.instances.min
    error_message = "instances.min must be 0 or more, instances.max 1 or more and not below min."
  }
}

variable "concurrency" {
  description = "How many requests an instance has at a time before another is started, 1 to 1000."
  type        = number
  default     = 250

  validation {
    condition     = var.concurrency >= 1 && var.concurrency <= 1000
    error_message = "concurrency must be from 1 to 1000, what Cloud Run takes."
  }
}

variable "resources" {
  description = "An instance's CPUs and memory."
  type = object({
    cpu    = optional(number, 1)
    memory = optional(string, "512Mi")
  })
  default = {}

  validation {
    condition     = contains([1, 2, 4, 6, 8], var.resources.cpu)
    error_message = "resources.cpu must be 1, 2, 4, 6 or 8: with less Cloud Run gives an instance one request at a time."
  }

  validation {
    condition     = can(regex("^[1-9][0-9]*(Mi|Gi)$", var.resources.memory))
    error_message = "resources.memory must be such as 512Mi or 2Gi."
  }
}

variable "cpu_boost" {
  description = "Whether an instance gets more CPU while it starts."
  type        = bool
  default     = true
}

variable "invokers" {
  description = "Who may call, as IAM members such as user:jane@example.com or serviceAccount:caller@my-project.iam.gserviceaccount.com."
  type        = set(string)
  default     = []

  validation {
    condition     = length(setintersection(var.invokers, ["allUsers", "allAuthenticatedUsers"])) == 0
    error_message = "invokers must not have allUsers or allAuthenticatedUsers: set public, if that is meant."
  }
}

variable "public" {
  description = "Whether everyone on the Internet may call, without saying who they are."
  type        = bool
  default     = false

  validation {
    condition     = !(var.public && length(var.invokers) > 0)
    error_message = "With public everyone may call: leave invokers out, or public."
  }
}

variable "deletion_protection" {
  description = "Whether Terraform refuses to delete the service, and the bucket while there are models in it."
  type        = bool
  default     = true
}
