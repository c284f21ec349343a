output "next_commands" {
  description = "From here to an answer, for `terraform output -raw next_commands`."
  value       = module.flight_delay.next_commands
}

output "url" {
  description = "The service's address; null without an image."
  value       = module.flight_delay.url
}
