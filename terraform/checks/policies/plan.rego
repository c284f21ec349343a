# What a plan makes, as all policies look at it.
package terraform

made contains resource if {
	some change in input.resource_changes
	change.mode == "managed"
	not change.change.actions == ["delete"]
	resource := {
		"address": change.address,
		"type": change.type,
		"values": change.change.after,
		"unknown": object.get(change.change, "after_unknown", {}),
	}
}

# What a person who reads a plan calls a trial: to be thrown away again.
trial(resource) if resource.values.terraform_labels.environment == "trial"
