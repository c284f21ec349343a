output "next_commands" {
  description = "From here to an answer, for `terraform output -raw next_commands`."
  value       = module.flight_delay.next_commands
}

output "sample_model" {
  description = "The sample model's URI in the bucket, and the SHA-256 of the file."
  value       = module.flight_delay.sample_model
}
