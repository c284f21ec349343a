# Labels on everything that can have some: the bill is read by them.
package terraform

required := {"app", "managed-by"}

labels(resource) := resource.values.terraform_labels

labels(resource) := resource.values.user_labels if not "terraform_labels" in object.keys(resource.values)

# Nodes have labels of their own, for their machines and disks.
labels(resource) := resource.values.node_config[0].resource_labels if resource.type == "google_container_node_pool"

deny contains sprintf("%s: has no label %s", [resource.address, label]) if {
	some resource in made
	labelled(resource)
	some label in required
	not label in object.keys(given(resource))
}

given(resource) := object.union({}, labels(resource)) if is_object(labels(resource))

given(resource) := {} if not is_object(labels(resource))

labelled(resource) if "terraform_labels" in object.keys(resource.values)

labelled(resource) if "user_labels" in object.keys(resource.values)

labelled(resource) if resource.type == "google_container_node_pool"
