{{/* Values that contradict each other; the schema sees one at a time, and could not say what to do. */}}
{{- define "refusals" -}}
{{- if and (gt (int .Values.replicas) 1) (not .Values.leaderElection) }}
{{- fail (printf "replicas is %d, and without leaderElection all of them would work at once: set leaderElection=true, or replicas=1" (int .Values.replicas)) }}
{{- end }}
{{- if ge (int .Values.lease.renewDeadlineSeconds) (int .Values.lease.durationSeconds) }}
{{- fail (printf "lease.renewDeadlineSeconds is %d, and another replica may begin after lease.durationSeconds, which is %d: two would work at once; set it to less" (int .Values.lease.renewDeadlineSeconds) (int .Values.lease.durationSeconds)) }}
{{- end }}
{{- if gt (mul 2 (int .Values.lease.retryPeriodSeconds)) (int .Values.lease.renewDeadlineSeconds) }}
{{- fail (printf "lease.retryPeriodSeconds is %d: set it to at most half of lease.renewDeadlineSeconds, which is %d" (int .Values.lease.retryPeriodSeconds) (int .Values.lease.renewDeadlineSeconds)) }}
{{- end }}
{{- if and .Values.watch.allNamespaces .Values.watch.namespaces }}
{{- fail "watch.allNamespaces is true, and watch.namespaces names some: set one of them" }}
{{- end }}
{{- if and (not .Values.serviceAccount.create) (not .Values.serviceAccount.name) }}
{{- fail "serviceAccount.create is false: name the one that exists in serviceAccount.name" }}
{{- end }}
{{- if and .Values.gateway.enabled (not .Values.gateway.className) }}
{{- fail "gateway.enabled is true: name a GatewayClass in gateway.className (kubectl get gatewayclass lists them)" }}
{{- end }}
{{- if and (eq .Values.monitoring.type "PodMonitor") (not .Values.monitoring.scraperNamespaces) }}
{{- fail "monitoring.type is PodMonitor, and NetworkPolicies would keep Prometheus out: name its namespace in monitoring.scraperNamespaces" }}
{{- end }}
{{- range .Values.extraEnv }}
{{- if hasPrefix "OPERATOR_" .name }}
{{- fail (printf "extraEnv has %s: the operator's settings are values of their own, see the chart's README" .name) }}
{{- end }}
{{- end }}
{{- end -}}
