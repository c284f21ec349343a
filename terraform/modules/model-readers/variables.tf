variable "project_number" {
  description = "The number of the project of the cluster."
  type        = string
}

variable "workload_pool" {
  description = "The Workload Identity pool of the cluster."
  type        = string
}

variable "bucket" {
  description = "The name of the bucket that is read."
  type        = string
}

variable "predictors" {
  description = "The ServiceAccounts that predictors run as: their namespace and name."
  type = set(object({
    namespace       = string
    service_account = string
  }))

  validation {
    condition = alltrue(flatten([for account in var.predictors : [
      for name in values(account) : can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", name))
    ]]))
    error_message = "Every namespace and service_account of predictors must be a Kubernetes name: a-z, 0-9 and -."
  }

  validation {
    condition     = alltrue([for account in var.predictors : account.namespace != "flight-delay-system"])
    error_message = "predictors must not have the operator's namespace flight-delay-system: the operator reads no models."
  }
}
