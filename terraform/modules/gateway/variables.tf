variable "project_id" {
  description = "The project of the address and the certificates."
  type        = string
}

variable "name" {
  description = "The address's and the certificate map's name, and how the names of their parts begin."
  type        = string
}

variable "labels" {
  description = "Labels of the address, the certificates and their map."
  type        = map(string)
}

variable "hosts" {
  description = "The host names of the models, such as flights.example.com."
  type        = set(string)

  validation {
    condition     = length(var.hosts) > 0
    error_message = "hosts must have at least one host name: a certificate is for names."
  }

  validation {
    condition     = alltrue([for host in var.hosts : can(regex("^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,}$", host))])
    error_message = "Every one of hosts must be a full host name in lower case, such as flights.example.com."
  }
}

variable "dns_zone" {
  description = "The name of a Cloud DNS zone of this project that gets the records; null: an output lists them."
  type        = string
}
