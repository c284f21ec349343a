variable "project_id" {
  description = "The project of the registry."
  type        = string
}

variable "project_number" {
  description = "That project's number."
  type        = string
}

variable "name" {
  description = "The identity pool's name, and how the service account's name begins."
  type        = string
}

variable "region" {
  description = "The registry's region."
  type        = string
}

variable "repository" {
  description = "The name of the registry's repository."
  type        = string
}

variable "github_repository" {
  description = "The GitHub repository whose workflows push images, as OWNER/NAME."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$", var.github_repository))
    error_message = "github_repository must be OWNER/NAME."
  }
}

variable "github_ref" {
  description = "The only branch or tag whose workflows push, as refs/heads/main."
  type        = string

  validation {
    condition     = can(regex("^refs/(heads|tags)/[A-Za-z0-9._/-]+$", var.github_ref))
    error_message = "github_ref must be a full name without wildcards, such as refs/heads/main."
  }
}
