variable "project_id" {
  description = "The ID of a Google Cloud project that has a billing account."
  type        = string
}

variable "region" {
  description = "Where everything is made."
  type        = string
  default     = "us-central1"
}

variable "image" {
  description = "The predictor's image. Default: none yet; the output next_commands says how to push it."
  type        = string
  default     = null
}

variable "invokers" {
  description = "Who may call, as IAM members such as user:jane@example.com."
  type        = set(string)
  default     = []
}
