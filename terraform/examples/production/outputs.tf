output "next_commands" {
  description = "From here to an answer, for `terraform output -raw next_commands`."
  value       = module.flight_delay.next_commands
}

output "sample_model" {
  description = "The sample model's URI in the bucket, and the SHA-256 of the file."
  value       = module.flight_delay.sample_model
}

output "dns_records" {
  description = "The records that the hosts' zone needs, unless dns_zone gets them."
  value       = module.flight_delay.dns_records
}

output "github_variables" {
  description = "The variables that the GitHub repository's workflows need."
  value       = module.flight_delay.github_variables
}
