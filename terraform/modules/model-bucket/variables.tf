variable "project_id" {
  description = "The project of the bucket."
  type        = string
}

variable "region" {
  description = "The bucket's region: the predictors', so that reading costs nothing."
  type        = string
}

variable "bucket" {
  description = "The bucket's name, unique in the world."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$", var.bucket))
    error_message = "bucket must have 3 to 63 of a-z, 0-9, - and _, beginning and ending with a letter or digit."
  }
}

variable "labels" {
  description = "Labels of the bucket."
  type        = map(string)
}

variable "keep_days" {
  description = "For how many days a model that was deleted or overwritten can be had back, 7 to 90."
  type        = number

  validation {
    condition     = var.keep_days >= 7 && var.keep_days <= 90
    error_message = "keep_days must be from 7 to 90: what Cloud Storage keeps after a deletion."
  }
}

variable "deletion_protection" {
  description = "Whether Terraform refuses to delete the bucket while there are models in it."
  type        = bool
}

variable "sample_model" {
  description = "A pickle to upload as flight-delay/NAME; null: none."
  type        = string

  validation {
    condition     = var.sample_model == null ? true : fileexists(var.sample_model)
    error_message = "sample_model must be a file that exists."
  }
}
