variable "project_id" {
  description = "The project whose metrics are watched."
  type        = string
}

variable "name" {
  description = "The service's name in Cloud Monitoring, and how the alerts' names begin."
  type        = string
}

variable "labels" {
  description = "Labels of the service, its objectives and the alerts."
  type        = map(string)
}

variable "objectives" {
  description = "What the predictions promise over so many days: the share answered without a server error, and the share answered within so many seconds."
  type = object({
    days            = number
    availability    = number
    latency         = number
    latency_seconds = number
  })

  validation {
    condition     = var.objectives.days >= 1 && var.objectives.days <= 30
    error_message = "objectives.days must be from 1 to 30."
  }

  validation {
    condition     = var.objectives.availability >= 0.5 && var.objectives.availability <= 0.999
    error_message = "objectives.availability must be a share from 0.5 to 0.999, the most that Cloud Monitoring takes."
  }

  validation {
    condition     = var.objectives.latency >= 0.5 && var.objectives.latency <= 0.999
    error_message = "objectives.latency must be a share from 0.5 to 0.999, the most that Cloud Monitoring takes."
  }

  validation {
    condition     = contains([0.005, 0.01, 0.025, 0.05, 0.1, 0.25], var.objectives.latency_seconds)
    error_message = "objectives.latency_seconds must be an edge of the predictor's histogram: 0.005, 0.01, 0.025, 0.05, 0.1 or 0.25."
  }
}

variable "metrics_exist" {
  description = "Whether predictors have been scraped yet. Cloud Monitoring refuses an objective on a metric that it has never seen; alerts it takes before."
  type        = bool
}

variable "notification_emails" {
  description = "The e-mail addresses that alerts go to."
  type        = set(string)

  validation {
    condition     = alltrue([for address in var.notification_emails : can(regex("^[^@[:space:]]+@[^@[:space:]]+\\.[^@[:space:]]+$", address))])
    error_message = "Every one of notification_emails must be an e-mail address."
  }
}
