# Each rule refuses what it is about, and lets the right thing pass.
package workflows_test

import data.workflows

build := {
	"steps": [{"id": "verify", "name": "maven:3.9", "entrypoint": "bash", "args": [".ci/cloud-build", "verify"], "env": ["REGISTRY=$_REGISTRY"]}],
	"substitutions": {"_REGISTRY": ""},
	"options": {"logging": "CLOUD_LOGGING_ONLY"},
	"timeout": "7200s",
}

job := {
	"permissions": {"contents": "read", "id-token": "write"},
	"timeout-minutes": 60,
	"steps": [
		{"uses": "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1"},
		{"run": ".ci/run"},
	],
}

workflow(changes) := {"permissions": {}, "jobs": {"verify": object.union(job, changes)}}

refused(document) := messages if {
	messages := workflows.deny with input as document
}

test_the_right_thing_passes if {
	count(refused(build)) == 0
	count(refused(workflow({}))) == 0
}

test_something_else if count(refused({"on": "push"})) == 1

test_unknown_fields_of_cloud_build if {
	count(refused(object.union(build, {"step": []}))) == 1
	count(refused(object.union(build, {"timeout": "2h"}))) == 1
	count(refused(object.union(build, {"options": {"logging": "STDOUT"}}))) == 1
	count(refused(object.remove(build, ["steps"]))) > 0
	count(refused(object.union(build, {"steps": [object.union(build.steps[0], {"arg": ["x"]})]}))) == 1
}

test_substitutions if {
	refused(object.union(object.remove(build, ["substitutions"]), {"substitutions": {}})) == {"_REGISTRY is used and has no default among the substitutions"}
	refused(object.union(build, {"substitutions": {"_REGION": ""}})) == {"_REGION is among the substitutions and nothing uses it"}
}

test_logic_in_cloud_build if {
	refused(object.union(build, {"steps": [object.union(build.steps[0], {"args": ["-c", "mvn verify # $_REGISTRY"]})]})) == {"verify: steps call .ci/cloud-build and nothing else"}
}

test_actions_by_tag if {
	refused(workflow({"steps": [{"uses": "actions/checkout@v7"}]})) == {"actions/checkout@v7 is not pinned by a commit"}
}

test_permissions if {
	refused(object.remove(workflow({}), ["permissions"])) == {"permissions are given by each job, and none for all"}
	count(refused({"permissions": {}, "jobs": {"verify": object.remove(job, ["permissions"])}})) == 1
	refused(workflow({"permissions": {"contents": "write"}})) == {"verify: contents may be written"}
	refused(workflow({"permissions": {"packages": "write"}})) == {"verify: packages may be written"}
	refused(workflow({"permissions": {"contents": "write"}, "environment": "release"})) == {"verify: contents may be written"}
	count(refused(workflow({"permissions": {"packages": "write"}, "environment": "release"}))) == 0
}

test_no_end if count(refused({"permissions": {}, "jobs": {"verify": object.remove(job, ["timeout-minutes"])}})) == 1

test_logic_in_workflows if {
	count(refused(workflow({"steps": [{"run": "mvn verify"}]}))) == 1
	count(refused(workflow({"steps": [{"run": ".ci/run\nmvn verify"}]}))) == 1
	count(refused(workflow({"steps": [{"run": ".ci/run && mvn verify"}]}))) == 1
	count(refused(workflow({"steps": [{"run": ".ci/runner"}]}))) == 1
	refused(workflow({"steps": [{"run": ".ci/run"}, {"run": ".ci/run"}]})) == {"`.ci/run` is there twice"}
}

test_secrets if {
	count(refused(workflow({"env": {"KEY": "${{ secrets.GOOGLE_KEY }}"}}))) == 1
	count(refused(workflow({"environment": "release", "env": {"KEY": "${{ secrets.GOOGLE_KEY }}"}}))) == 1
	count(refused(workflow({"env": {"KEY": "${{ secrets.RELEASE_SIGNING_KEY }}"}}))) == 1
	count(refused(workflow({"environment": "other", "env": {"KEY": "${{ secrets.RELEASE_SIGNING_KEY }}"}}))) == 1
	count(refused(object.union(workflow({"environment": "release"}), {"env": {"KEY": "${{ secrets.RELEASE_SIGNING_KEY }}"}}))) == 1
	count(refused(workflow({"environment": "release", "env": {"KEY": "${{ secrets.RELEASE_SIGNING_KEY }}"}}))) == 0
}
