# Buckets: never public, whoever is granted what.
package terraform

buckets contains resource if {
	some resource in made
	resource.type == "google_storage_bucket"
}

deny contains sprintf("%s: public access is not prevented", [bucket.address]) if {
	some bucket in buckets
	not bucket.values.public_access_prevention == "enforced"
}

deny contains sprintf("%s: objects may have access lists of their own", [bucket.address]) if {
	some bucket in buckets
	not bucket.values.uniform_bucket_level_access == true
}

deny contains sprintf("%s: what is overwritten is lost", [bucket.address]) if {
	some bucket in buckets
	not bucket.values.versioning[0].enabled == true
}

deny contains sprintf("%s: goes with all its models, and has no label environment=trial", [bucket.address]) if {
	some bucket in buckets
	bucket.values.force_destroy == true
	not trial(bucket)
}
