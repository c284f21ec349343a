{{/* What the operator may do: the very files that its tests run under. */}}
{{- define "operator.rules" -}}
{{- $rules := (.Files.Get "rbac/role.yaml" | fromYaml).rules -}}
{{- if or .Values.gke (.Capabilities.APIVersions.Has "networking.gke.io/v1/HealthCheckPolicy") -}}
{{- $rules = concat $rules (.Files.Get "rbac/role-gke.yaml" | fromYaml).rules -}}
{{- end -}}
{{- if .Values.watch.allNamespaces -}}
{{- $rules = concat $rules (.Files.Get "rbac/role-cluster.yaml" | fromYaml).rules -}}
{{- end -}}
{{- if not $rules -}}
{{- fail "the chart has no rbac/role.yaml: package it with helm package, which follows its symbolic links" -}}
{{- end -}}
rules:
{{ toYaml $rules }}
{{- end -}}
