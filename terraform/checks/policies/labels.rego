# Labels on everything that can have some: the bill is read by them.
package terraform

required := {"app", "managed-by"}

# By type, where a resource says its labels under another name. Of a node pool it is what its machines and disks get.
labels_of := {
	"google_container_node_pool": ["node_config", 0, "resource_labels"],
	"google_monitoring_alert_policy": ["user_labels"],
	"google_monitoring_custom_service": ["user_labels"],
	"google_monitoring_notification_channel": ["user_labels"],
	"google_monitoring_slo": ["user_labels"],
}

# Where it has labels as most resources do, the provider plans them here, its own defaults included.
labelled contains [resource, ["terraform_labels"]] if {
	some resource in made
	"terraform_labels" in object.keys(resource.values)
}

labelled contains [resource, labels_of[resource.type]] if {
	some resource in made
}

deny contains sprintf("%s: has no label %s", [resource.address, label]) if {
	some [resource, path] in labelled
	some label in required
	not is_string(object.get(resource.values, array.concat(path, [label]), null))
}

# A kind that has labels which nothing here knows.
deny contains sprintf("%s: %s has labels under another name: add it to labels_of", [resource.address, resource.type]) if {
	some resource in made
	"user_labels" in object.keys(resource.values)
	not resource.type in object.keys(labels_of)
}
