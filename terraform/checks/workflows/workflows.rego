# What the workflows may be: pinned, with the least permissions, and without logic of their own.
package workflows

cloud_build if "steps" in object.keys(input)

github if "jobs" in object.keys(input)

deny contains "neither a GitHub workflow nor a Cloud Build configuration" if {
	not cloud_build
	not github
}

# By the fields that Cloud Build documents: https://cloud.google.com/build/docs/build-config-file-schema
deny contains sprintf("%s: %s", [fault.field, fault.desc]) if {
	cloud_build
	[_, faults] := json.match_schema(input, data.schema)
	some fault in faults
}

# Cloud Build fails on a substitution that nothing uses, and takes one that nobody sets for text.
deny contains sprintf("%s is used and has no default among the substitutions", [used]) if {
	cloud_build
	some used in regex.find_n(`_[A-Z][A-Z0-9_]*`, concat(" ", regex.find_n(`\$\{?_[A-Z][A-Z0-9_]*`, json.marshal(input.steps), -1)), -1)
	not used in object.keys(object.get(input, "substitutions", {}))
}

deny contains sprintf("%s is among the substitutions and nothing uses it", [declared]) if {
	cloud_build
	some declared, _ in object.get(input, "substitutions", {})
	not contains(json.marshal(input.steps), concat("", ["$", declared]))
	not contains(json.marshal(input.steps), concat("", ["${", declared]))
}

deny contains sprintf("%s: steps call .ci/cloud-build and nothing else", [step.id]) if {
	cloud_build
	some step in input.steps
	not step.args[0] == ".ci/cloud-build"
}

deny contains sprintf("%s is not pinned by a commit", [step.uses]) if {
	some job in input.jobs
	some step in job.steps
	not regex.match(`^[A-Za-z0-9-]+/[A-Za-z0-9._/-]+@[0-9a-f]{40}$`, step.uses)
}

deny contains "permissions are given by each job, and none for all" if {
	github
	not input.permissions == {}
}

deny contains sprintf("%s: a job without permissions has the repository's defaults", [name]) if {
	some name, job in input.jobs
	not is_object(object.get(job, "permissions", null))
}

deny contains sprintf("%s: %s may be written", [name, scope]) if {
	some name, job in input.jobs
	some scope, access in job.permissions
	access == "write"
	not may_write(job, scope)
}

may_write(_, "id-token")

# Only a release, which reviewers let begin, pushes where the repository's packages are.
may_write(job, "packages") if job.environment == "release"

deny contains sprintf("%s: runs without end", [name]) if {
	some name, job in input.jobs
	not job["timeout-minutes"]
}

deny contains sprintf("`%s`: workflows call the project's scripts", [step.run]) if {
	some job in input.jobs
	some step in job.steps
	not regex.match(`^(sudo --preserve-env env "PATH=\$PATH" )?(\.ci/(run|deliver)|docker login)( [^\n;&|]*)?$`, step.run)
}

deny contains sprintf("`%s` is there twice", [first.run]) if {
	some job in input.jobs
	some i, first in job.steps
	some j, second in job.steps
	i < j
	first.run == second.run
}

deny contains "a secret that is kept: Workload Identity needs none" if {
	github
	contains(json.marshal(object.remove(input, ["jobs"])), "secrets.")
}

deny contains "a secret that is kept: Workload Identity needs none" if {
	some job in input.jobs
	some used in regex.find_n(`secrets\.[A-Za-z0-9_]*`, json.marshal(job), -1)
	not may_use(job, used)
}

# Whoever signs has a key.
may_use(job, "secrets.RELEASE_SIGNING_KEY") if job.environment == "release"
