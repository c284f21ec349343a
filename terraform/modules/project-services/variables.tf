variable "project_id" {
  description = "The project whose APIs are turned on."
  type        = string
}

variable "services" {
  description = "The APIs to turn on, as in container.googleapis.com."
  type        = set(string)

  validation {
    condition     = alltrue([for service in var.services : endswith(service, ".googleapis.com")])
    error_message = "Every service must be an API's full name, such as container.googleapis.com."
  }
}
