{{/* Which namespaces have to do with the release. A list comes as JSON, for fromJsonArray. */}}

{{/* Whose models are served, where that is not all. */}}
{{- define "operator.watched" -}}
{{- default (list .Release.Namespace) (.Values.watch.namespaces | uniq) | toJson -}}
{{- end -}}

{{/* Where scrapers run. GKE's run in the one namespace, on Autopilot in the other. */}}
{{- define "operator.scrapers" -}}
{{- $known := list -}}
{{- if eq .Values.monitoring.type "PodMonitoring" -}}
{{- $known = list "gmp-system" "gke-gmp-system" -}}
{{- end -}}
{{- concat $known .Values.monitoring.scraperNamespaces | uniq | toJson -}}
{{- end -}}
