# What GitHub takes for an issue form, which it otherwise leaves out without a word:
# https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
package issue_forms

kinds := {
	"markdown": {"value"},
	"input": {"label", "description", "placeholder", "value"},
	"textarea": {"label", "description", "placeholder", "value", "render"},
}

deny contains sprintf("%s is not there", [key]) if {
	some key in ["name", "description", "body"]
	not input[key]
}

deny contains sprintf("%s is no key of a form", [key]) if {
	some key, _ in input
	not key in {"name", "description", "body", "labels", "title", "assignees", "projects", "type"}
}

deny contains sprintf("%v: these checks know no such kind of field", [field.type]) if {
	some field in input.body
	not field.type in object.keys(kinds)
}

deny contains sprintf("%s is no key of a field", [key]) if {
	some field in input.body
	some key, _ in field
	not key in {"type", "id", "attributes", "validations"}
}

deny contains sprintf("%s is no attribute of %s", [key, field.type]) if {
	some field in input.body
	some key, _ in field.attributes
	not key in kinds[field.type]
}

deny contains sprintf("%s: a field has a label, and markdown has a value", [object.get(field, "id", field.type)]) if {
	some field in input.body
	wanted := object.get({"markdown": "value"}, field.type, "label")
	not is_string(object.get(field.attributes, wanted, null))
}

deny contains sprintf("%s is there twice", [first.id]) if {
	some i, first in input.body
	some j, second in input.body
	i < j
	first.id == second.id
}

deny contains sprintf("%s: an id is of letters, digits, - and _", [field.id]) if {
	some field in input.body
	not regex.match(`^[A-Za-z0-9_-]+$`, field.id)
}
