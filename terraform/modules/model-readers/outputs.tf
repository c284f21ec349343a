output "members" {
  description = "Who may read the models, as IAM members."
  value       = [for reader in google_storage_bucket_iam_member.predictor : reader.member]
}
