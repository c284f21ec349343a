# Who may do what: the whole list. A role that is not here is refused until somebody writes down why it is needed.
package terraform

allowed := {
	# Write logs and metrics: what nodes do.
	"roles/container.defaultNodeServiceAccount": {"google_project_iam_member"},
	# Pull images: nodes.
	"roles/artifactregistry.reader": {"google_artifact_registry_repository_iam_member"},
	# Push images: workflows.
	"roles/artifactregistry.writer": {"google_artifact_registry_repository_iam_member"},
	# Read one bucket's models: predictors.
	"roles/storage.objectViewer": {"google_storage_bucket_iam_member"},
	# Act as one service account: workflows.
	"roles/iam.workloadIdentityUser": {"google_service_account_iam_member"},
	# Call one service: those named.
	"roles/run.invoker": {"google_cloud_run_v2_service_iam_member"},
}

grants contains resource if {
	some resource in made
	contains(resource.type, "_iam_")
	not startswith(resource.type, "google_iam_workload_identity_pool")
}

deny contains sprintf("%s: %s is not on the list of roles for %s", [grant.address, grant.values.role, grant.type]) if {
	some grant in grants
	not grant.type in object.get(allowed, grant.values.role, set())
}

# Bindings and policies take roles away from others without saying so.
deny contains sprintf("%s: grant by _iam_member, which leaves others' grants alone", [grant.address]) if {
	some grant in grants
	not endswith(grant.type, "_iam_member")
}

everyone := {"allUsers", "allAuthenticatedUsers"}

# Only Cloud Run has a switch for that, which a person sets.
deny contains sprintf("%s: for everyone", [grant.address]) if {
	some grant in grants
	grant.type != "google_cloud_run_v2_service_iam_member"
	grant.values.member in everyone
}

deny contains sprintf("%s: the operator needs nothing of Google Cloud", [grant.address]) if {
	some grant in grants
	contains(grant.values.member, "/ns/flight-delay-system/")
}

deny contains sprintf("%s: a key, which would be in the state for all to read", [key.address]) if {
	some key in made
	key.type == "google_service_account_key"
}
