variable "project_id" {
  description = "The project of the registry."
  type        = string
}

variable "region" {
  description = "The registry's region: the cluster's, so that pulling images costs nothing."
  type        = string
}

variable "name" {
  description = "The repository's name."
  type        = string
}

variable "labels" {
  description = "Labels of the repository."
  type        = map(string)
}

variable "readers" {
  description = "Who may pull, by a name of yours, as IAM members such as serviceAccount:nodes@project.iam.gserviceaccount.com."
  type        = map(string)

  validation {
    condition     = length(setintersection(values(var.readers), ["allUsers", "allAuthenticatedUsers"])) == 0
    error_message = "readers must not have allUsers or allAuthenticatedUsers: the registry is private."
  }
}

variable "untagged_days" {
  description = "After how many days an image that has lost its tag is deleted."
  type        = number

  validation {
    condition     = var.untagged_days >= 1 && floor(var.untagged_days) == var.untagged_days
    error_message = "untagged_days must be a whole number of days, 1 or more."
  }
}

variable "immutable_tags" {
  description = "Whether a tag, once pushed, stays with its image: what was tested is what runs. Development pushes a tag again and again."
  type        = bool
}
