package issue_forms_test

import data.issue_forms

form := {"name": "Bug", "description": "It fails", "body": [
	{"type": "markdown", "attributes": {"value": "Hello"}},
	{"type": "textarea", "id": "what", "attributes": {"label": "What", "render": "text"}, "validations": {"required": true}},
]}

refused(changes) := messages if {
	messages := issue_forms.deny with input as object.union(form, changes)
}

field(changes) := {"body": [object.union(form.body[1], changes)]}

test_the_right_thing_passes if count(refused({})) == 0

test_missing if {
	messages := issue_forms.deny with input as object.remove(form, ["description"])
	messages == {"description is not there"}
}

test_unknown_keys if {
	refused({"about": "x"}) == {"about is no key of a form"}
	refused(field({"label": "x"})) == {"label is no key of a field"}
	refused(field({"attributes": {"labels": "x"}})) == {"labels is no attribute of textarea"}
	count(refused(field({"type": "text"}))) > 0
}

test_labels if {
	refused({"body": [{"type": "input", "id": "a", "attributes": {}}]}) == {"a: a field has a label, and markdown has a value"}
	refused({"body": [{"type": "markdown", "attributes": {}}]}) == {"markdown: a field has a label, and markdown has a value"}
}

test_ids if {
	refused({"body": [form.body[1], form.body[1]]}) == {"what is there twice"}
	count(refused(field({"id": "two words"}))) == 1
}
