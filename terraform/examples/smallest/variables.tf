variable "project_id" {
  description = "The ID of a Google Cloud project that has a billing account."
  type        = string
}

variable "region" {
  description = "Where everything is made."
  type        = string
  default     = "us-central1"
}
