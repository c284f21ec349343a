variable "project_number" {
  description = "The number of the project that is watched."
  type        = string
}

variable "name" {
  description = "The budget's name."
  type        = string
}

variable "billing_account" {
  description = "The billing account's ID, such as 012345-6789AB-CDEF01."
  type        = string

  validation {
    condition     = can(regex("^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$", var.billing_account))
    error_message = "billing_account must be an ID such as 012345-6789AB-CDEF01; `gcloud billing accounts list` shows it."
  }
}

variable "amount" {
  description = "What the project may cost a month, in the billing account's currency, as a whole number."
  type        = number

  validation {
    condition     = var.amount >= 1 && floor(var.amount) == var.amount
    error_message = "amount must be a whole number, 1 or more."
  }
}

variable "notification_channels" {
  description = "The IDs of Cloud Monitoring's channels that are told, besides the billing account's administrators; at most 5."
  type        = list(string)

  validation {
    condition     = length(var.notification_channels) <= 5
    error_message = "A budget tells at most 5 notification_channels."
  }
}
