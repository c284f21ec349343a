provider "google" {
  project = var.project_id
  region  = var.region

  # Requests count against this project, also where a person's own login makes them.
  user_project_override = true
  billing_project       = var.project_id
}
