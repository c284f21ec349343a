# Clusters: private, without passwords, not deleted by mistake. Booleans are compared with true: what a plan leaves
# unset is null in it, and null by itself counts as true.
package terraform

clusters contains resource if {
	some resource in made
	resource.type == "google_container_cluster"
}

deny contains sprintf("%s: its nodes have public addresses", [cluster.address]) if {
	some cluster in clusters
	not cluster.values.private_cluster_config[0].enable_private_nodes == true
}

deny contains sprintf("%s: its control plane is open to the Internet", [cluster.address]) if {
	some cluster in clusters
	not cluster.values.private_cluster_config[0].enable_private_endpoint == true
	not few_networks(cluster)
}

few_networks(cluster) if {
	blocks := cluster.values.master_authorized_networks_config[0].cidr_blocks
	count(blocks) > 0
	every block in blocks {
		not endswith(block.cidr_block, "/0")
	}
}

deny contains sprintf("%s: client certificates are basic authentication under another name", [cluster.address]) if {
	some cluster in clusters
	not cluster.values.master_auth[0].client_certificate_config[0].issue_client_certificate == false
}

deny contains sprintf("%s: legacy ABAC lets every ServiceAccount do everything", [cluster.address]) if {
	some cluster in clusters
	cluster.values.enable_legacy_abac == true
}

deny contains sprintf("%s: pods get the node's identity", [cluster.address]) if {
	some cluster in clusters
	not cluster.values.enable_autopilot == true
	not is_string(object.get(cluster.values, ["workload_identity_config", 0, "workload_pool"], null))
}

deny contains sprintf("%s: pods get the node's identity", [pool.address]) if {
	some pool in made
	pool.type == "google_container_node_pool"
	not pool.values.node_config[0].workload_metadata_config[0].mode == "GKE_METADATA"
}

deny contains sprintf("%s: its nodes are Compute Engine's default service account, which may do nearly everything", [pool.address]) if {
	some pool in made
	pool.type == "google_container_node_pool"
	not is_string(object.get(pool.values, ["node_config", 0, "service_account"], null))
	not pool.unknown.node_config[0].service_account == true
}

protected := {"google_container_cluster", "google_cloud_run_v2_service"}

deny contains sprintf("%s: no deletion protection, and no label environment=trial", [resource.address]) if {
	some resource in made
	resource.type in protected
	not resource.values.deletion_protection == true
	not trial(resource)
}
