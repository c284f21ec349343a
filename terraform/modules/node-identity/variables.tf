variable "project_id" {
  description = "The project of the service account."
  type        = string
}

variable "name" {
  description = "How the service account's name begins."
  type        = string
}
