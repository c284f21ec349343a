variable "project_id" {
  description = "The project of the network."
  type        = string
}

variable "region" {
  description = "The region of the subnetwork and its NAT."
  type        = string
}

variable "name" {
  description = "The network's name, and how the names of its parts begin."
  type        = string
}

variable "ranges" {
  description = "IPv4 ranges of nodes, pods and Services, as CIDR blocks that overlap with nothing the network is connected to."
  type = object({
    nodes    = string
    pods     = string
    services = string
  })

  validation {
    condition     = alltrue([for range in values(var.ranges) : can(cidrhost(range, 0)) && can(cidrnetmask(range))])
    error_message = "ranges.nodes, ranges.pods and ranges.services must be IPv4 CIDR blocks, such as 10.0.0.0/20."
  }

  validation {
    condition     = length(distinct([for range in values(var.ranges) : try(cidrhost(range, 0), range)])) == 3
    error_message = "ranges.nodes, ranges.pods and ranges.services must not begin at the same address: they may not overlap."
  }

  validation {
    condition     = try(tonumber(split("/", var.ranges.pods)[1]), 0) <= 21
    error_message = "ranges.pods must be a /21 or larger: a node takes a /24 of it."
  }
}

variable "flow_logs" {
  description = "The share of the subnetwork's flows that is logged, from 0 (none) to 1; logs cost by volume."
  type        = number

  validation {
    condition     = var.flow_logs >= 0 && var.flow_logs <= 1
    error_message = "flow_logs is a share, from 0 to 1."
  }
}
