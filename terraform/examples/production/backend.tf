# The state, shared and locked, in a bucket that exists before:
#   terraform init -backend-config=bucket=BUCKET
terraform {
  backend "gcs" {
    prefix = "flight-delay"
  }
}
