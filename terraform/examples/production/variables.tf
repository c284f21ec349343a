variable "project_id" {
  description = "The ID of a Google Cloud project that has a billing account."
  type        = string
}

variable "region" {
  description = "Where everything is made."
  type        = string
}

variable "hosts" {
  description = "The models' host names, such as flights.example.com."
  type        = set(string)
}

variable "dns_zone" {
  description = "The name of the project's Cloud DNS zone that has the hosts. Default: the output dns_records lists what to make elsewhere."
  type        = string
  default     = null
}

variable "notification_emails" {
  description = "Who is told when an objective is in danger or the budget is used up."
  type        = set(string)
}

variable "budget" {
  description = "The billing account, such as 012345-6789AB-CDEF01, and what the project may cost a month in its currency."
  type = object({
    billing_account = string
    amount          = number
  })
}

variable "github_repository" {
  description = "The GitHub repository whose branch main pushes images, as OWNER/NAME. Default: none."
  type        = string
  default     = null
}

variable "metrics_exist" {
  description = "Set it to true, and apply again, once a model answers."
  type        = bool
  default     = false
}
