# Each policy refuses what it is about, and lets the right thing pass.
package terraform_test

import data.terraform

labels := {"app": "flight-delay", "managed-by": "terraform"}

plan(type, values) := {"resource_changes": [{
	"mode": "managed",
	"address": "it",
	"type": type,
	"change": {"actions": ["create"], "after": values},
}]}

cluster := {
	"deletion_protection": true,
	"enable_autopilot": true,
	"terraform_labels": labels,
	"private_cluster_config": [{"enable_private_nodes": true, "enable_private_endpoint": true}],
	"master_auth": [{"client_certificate_config": [{"issue_client_certificate": false}]}],
}

bucket := {
	"public_access_prevention": "enforced",
	"uniform_bucket_level_access": true,
	"versioning": [{"enabled": true}],
	"force_destroy": false,
	"terraform_labels": labels,
}

pool := {"node_config": [{
	"service_account": "nodes@my-project.iam.gserviceaccount.com",
	"resource_labels": labels,
	"workload_metadata_config": [{"mode": "GKE_METADATA"}],
}]}

reader := {"role": "roles/storage.objectViewer", "member": "serviceAccount:predictor@my-project.iam.gserviceaccount.com"}

refused(type, values) := messages if {
	messages := terraform.deny with input as plan(type, values)
}

test_the_right_thing_passes if {
	count(refused("google_container_cluster", cluster)) == 0
	count(refused("google_storage_bucket", bucket)) == 0
	count(refused("google_container_node_pool", pool)) == 0
	count(refused("google_storage_bucket_iam_member", reader)) == 0
}

test_what_is_deleted_is_not_looked_at if {
	changes := {"resource_changes": [{"mode": "managed", "address": "it", "type": "google_storage_bucket", "change": {"actions": ["delete"], "after": null}}]}
	count(terraform.deny) == 0 with input as changes
}

test_public_nodes if {
	refused("google_container_cluster", object.union(cluster, {"private_cluster_config": [{"enable_private_nodes": false, "enable_private_endpoint": true}]})) == {"it: its nodes have public addresses"}
}

test_open_control_plane if {
	open := object.union(cluster, {
		"private_cluster_config": [{"enable_private_nodes": true, "enable_private_endpoint": false}],
		"master_authorized_networks_config": [{"cidr_blocks": [{"cidr_block": "0.0.0.0/0"}]}],
	})
	refused("google_container_cluster", open) == {"it: its control plane is open to the Internet"}
}

test_control_plane_for_one_network if {
	office := object.union(cluster, {
		"private_cluster_config": [{"enable_private_nodes": true, "enable_private_endpoint": false}],
		"master_authorized_networks_config": [{"cidr_blocks": [{"cidr_block": "192.0.2.0/24"}]}],
	})
	count(refused("google_container_cluster", office)) == 0
}

test_basic_authentication if {
	refused("google_container_cluster", object.union(cluster, {"master_auth": [{"client_certificate_config": [{"issue_client_certificate": true}]}]})) == {"it: client certificates are basic authentication under another name"}
	refused("google_container_cluster", object.remove(cluster, ["master_auth"])) == {"it: client certificates are basic authentication under another name"}
}

test_legacy_abac if {
	refused("google_container_cluster", object.union(cluster, {"enable_legacy_abac": true})) == {"it: legacy ABAC lets every ServiceAccount do everything"}
}

test_no_workload_identity if {
	refused("google_container_cluster", object.union(cluster, {"enable_autopilot": null})) == {"it: pods get the node's identity"}
	refused("google_container_node_pool", {"node_config": [object.remove(pool.node_config[0], ["workload_metadata_config"])]}) == {"it: pods get the node's identity"}
}

test_default_service_account if {
	refused("google_container_node_pool", {"node_config": [object.remove(pool.node_config[0], ["service_account"])]}) == {"it: its nodes are Compute Engine's default service account, which may do nearly everything"}
}

test_deletion_protection if {
	refused("google_container_cluster", object.union(cluster, {"deletion_protection": false})) == {"it: no deletion protection, and no label environment=trial"}
	refused("google_cloud_run_v2_service", {"deletion_protection": false, "terraform_labels": labels}) == {"it: no deletion protection, and no label environment=trial"}
	refused("google_storage_bucket", object.union(bucket, {"force_destroy": true})) == {"it: goes with all its models, and has no label environment=trial"}
}

test_a_trial_may_be_deleted if {
	trial := object.union(labels, {"environment": "trial"})
	count(refused("google_container_cluster", object.union(cluster, {"deletion_protection": false, "terraform_labels": trial}))) == 0
	count(refused("google_storage_bucket", object.union(bucket, {"force_destroy": true, "terraform_labels": trial}))) == 0
}

test_public_bucket if {
	refused("google_storage_bucket", object.union(bucket, {"public_access_prevention": "inherited"})) == {"it: public access is not prevented"}
	refused("google_storage_bucket", object.union(bucket, {"uniform_bucket_level_access": false})) == {"it: objects may have access lists of their own"}
	refused("google_storage_bucket", object.union(bucket, {"versioning": [{"enabled": false}]})) == {"it: what is overwritten is lost"}
	refused("google_storage_bucket_iam_member", object.union(reader, {"member": "allUsers"})) == {"it: for everyone"}
}

test_wide_roles if {
	some role in ["roles/owner", "roles/editor", "roles/viewer", "roles/storage.admin", "roles/iam.serviceAccountTokenCreator"]
	count(refused("google_project_iam_member", object.union(reader, {"role": role}))) == 1
}

test_a_role_for_the_whole_project if {
	refused("google_project_iam_member", reader) == {"it: roles/storage.objectViewer is not on the list of roles for google_project_iam_member"}
}

test_bindings_and_policies if {
	"it: grant by _iam_member, which leaves others' grants alone" in refused("google_storage_bucket_iam_binding", reader)
}

test_the_operator if {
	operator := "principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p.svc.id.goog/subject/ns/flight-delay-system/sa/flight-delay-operator"
	refused("google_storage_bucket_iam_member", object.union(reader, {"member": operator})) == {"it: the operator needs nothing of Google Cloud"}
}

test_keys if {
	refused("google_service_account_key", {}) == {"it: a key, which would be in the state for all to read"}
}

test_labels if {
	one := object.union(object.remove(bucket, ["terraform_labels"]), {"terraform_labels": {"app": "flight-delay"}})
	refused("google_storage_bucket", one) == {"it: has no label managed-by"}

	none := object.union(bucket, {"terraform_labels": null})
	refused("google_storage_bucket", none) == {"it: has no label app", "it: has no label managed-by"}

	refused("google_monitoring_slo", {"user_labels": {"app": "flight-delay"}}) == {"it: has no label managed-by"}

	nodes := {"node_config": [object.remove(pool.node_config[0], ["resource_labels"])]}
	refused("google_container_node_pool", nodes) == {"it: has no label app", "it: has no label managed-by"}
}

test_what_is_unset if {
	unset := object.union(cluster, {"deletion_protection": null, "enable_legacy_abac": null, "private_cluster_config": [{"enable_private_nodes": null, "enable_private_endpoint": true}]})
	refused("google_container_cluster", unset) == {
		"it: its nodes have public addresses",
		"it: no deletion protection, and no label environment=trial",
	}
}
