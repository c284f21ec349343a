{{/*
The rules as Prometheus has them: "alerts.models" of the predictions, "alerts.operator" of the operator itself.

An alert of an objective fires while the error budget of 30 days burns so many times too fast in a long window, and in
a short one too, so that it ends soon after the trouble does: https://sre.google/workbook/alerting-on-slos/, "6:
multiwindow, multi-burn-rate alerts". What a factor costs: 14.4 for 1 h is 2 % of the budget, 6 for 6 h is 5 %,
3 for 1 d and 1 for 3 d are 10 %.
*/}}

{{- define "alerts.burns" -}}
- {long: 1h, short: 5m, seconds: 3600, factor: 14.4, severity: critical}
- {long: 6h, short: 30m, seconds: 21600, factor: 6, severity: critical}
- {long: 1d, short: 2h, seconds: 86400, factor: 3, severity: warning}
- {long: 3d, short: 6h, seconds: 259200, factor: 1, severity: warning}
{{- end -}}

{{- define "alerts.models" -}}
{{- /* Health checks, metadata and the pages for people are no predictions. */}}
{{- $predictions := `dialect!~"health|metadata|page"` }}
{{- $by := "sum by (namespace, model, version)" }}
- name: flight-delay-predictions
  interval: {{ .Values.monitoring.interval }}
  rules:
    {{- range $window := list "5m" "30m" "1h" "2h" "6h" "1d" "3d" }}
    - record: model_version:predictor_requests:rate{{ $window }}
      expr: {{ $by }} (rate(predictor_requests_seconds_count{ {{- $predictions }}}[{{ $window }}]))
    - record: model_version:predictor_requests_failed:rate{{ $window }}
      expr: {{ $by }} (rate(predictor_requests_seconds_count{ {{- $predictions }},outcome="5xx"}[{{ $window }}]))
    - record: model_version:predictor_requests_answered:rate{{ $window }}
      expr: {{ $by }} (rate(predictor_requests_seconds_count{ {{- $predictions }},outcome="2xx"}[{{ $window }}]))
    - record: model_version:predictor_requests_quick:rate{{ $window }}
      expr: {{ $by }} (rate(predictor_requests_seconds_bucket{ {{- $predictions }},outcome="2xx",le="{{ $.Values.alerts.latency.seconds }}"}[{{ $window }}]))
    {{- end }}
- name: flight-delay-objectives
  interval: {{ .Values.monitoring.interval }}
  rules:
    {{- range $burn := include "alerts.burns" . | fromYamlArray }}
    {{- $allowed := printf "%v * (1 - %v / 100)" $burn.factor $.Values.alerts.availability }}
    - alert: FlightDelayAvailabilityBudgetBurn
      expr: |-
        model_version:predictor_requests_failed:rate{{ $burn.long }} / model_version:predictor_requests:rate{{ $burn.long }} > {{ $allowed }}
        and model_version:predictor_requests_failed:rate{{ $burn.short }} / model_version:predictor_requests:rate{{ $burn.short }} > {{ $allowed }}
        and model_version:predictor_requests_failed:rate{{ $burn.long }} * {{ int $burn.seconds }} >= {{ $.Values.alerts.minimumBad }}
      labels:
        slo: availability
        {{- include "alerts.labels" (dict "severity" $burn.severity "burn" $burn "Values" $.Values) | nindent 8 }}
      annotations:
        summary: {{ `Predictions of {{ $labels.namespace }}/{{ $labels.model }} {{ $labels.version }} fail` | quote }}
        description: {{ printf "{{ $value | humanizePercentage }} of the predictions of the last %s failed with 5xx; the objective is %v %% of 30 days. If a new version fails, give its traffic back to the one before; \"kubectl describe fdm\" and the pods' logs say why." $burn.long $.Values.alerts.availability | quote }}
    {{- end }}
    {{- range $burn := include "alerts.burns" . | fromYamlArray }}
    {{- $allowed := printf "%v * (1 - %v / 100)" $burn.factor $.Values.alerts.latency.objective }}
    - alert: FlightDelayLatencyBudgetBurn
      expr: |-
        1 - model_version:predictor_requests_quick:rate{{ $burn.long }} / model_version:predictor_requests_answered:rate{{ $burn.long }} > {{ $allowed }}
        and 1 - model_version:predictor_requests_quick:rate{{ $burn.short }} / model_version:predictor_requests_answered:rate{{ $burn.short }} > {{ $allowed }}
        and (model_version:predictor_requests_answered:rate{{ $burn.long }} - model_version:predictor_requests_quick:rate{{ $burn.long }}) * {{ int $burn.seconds }} >= {{ $.Values.alerts.minimumBad }}
      labels:
        slo: latency
        {{- include "alerts.labels" (dict "severity" $burn.severity "burn" $burn "Values" $.Values) | nindent 8 }}
      annotations:
        summary: {{ `Predictions of {{ $labels.namespace }}/{{ $labels.model }} {{ $labels.version }} are slow` | quote }}
        description: {{ printf "{{ $value | humanizePercentage }} of the predictions of the last %s took longer than %v s; the objective is %v %% within that over 30 days. See whether the autoscaler is at maxReplicas or waits for nodes, and how many rows requests have." $burn.long $.Values.alerts.latency.seconds $.Values.alerts.latency.objective | quote }}
    {{- end }}
{{- end -}}

{{- define "alerts.operator" -}}
{{- $operator := printf `namespace="%s"` .Release.Namespace }}
- name: flight-delay-operator
  interval: {{ .Values.monitoring.interval }}
  rules:
    - alert: FlightDelayOperatorDown
      expr: absent(flightdelay_operator_leads{ {{- $operator }}})
      for: 5m
      labels:
        {{- include "alerts.labels" (dict "severity" "critical" "Values" .Values) | nindent 8 }}
      annotations:
        summary: No replica of the operator is there
        description: Models go on serving, but no change of them happens and no drift is repaired. "kubectl -n {{ .Release.Namespace }} describe deployment/{{ include "operator.fullname" . }}" says why; where it runs, it is not scraped.
    - alert: FlightDelayOperatorNoLeader
      expr: sum(flightdelay_operator_leads{ {{- $operator }}}) == 0
      for: 2m
      labels:
        {{- include "alerts.labels" (dict "severity" "critical" "Values" .Values) | nindent 8 }}
      annotations:
        summary: No replica of the operator leads
        description: Models go on serving, but no change of them happens. "kubectl -n {{ .Release.Namespace }} get lease flight-delay-operator" says who led last; the replicas' logs say why they do not.
    - alert: FlightDelayReconciliationsFail
      expr: sum(increase(reconciliations_failure_total{ {{- $operator }}}[10m])) >= 5
      for: 10m
      labels:
        {{- include "alerts.labels" (dict "severity" "warning" "Values" .Values) | nindent 8 }}
      annotations:
        summary: The operator fails again and again
        description: Mistakes in models are no failures, so it is the API server, a missing permission or a fault of the operator. "kubectl get fdm -A" shows ReconcileFailed or Forbidden where, and the leader's log says why.
    - alert: FlightDelayModelNotReady
      expr: max by (model_namespace, model) (flightdelay_model_ready{ {{- $operator }}}) == 0
      for: 15m
      labels:
        {{- include "alerts.labels" (dict "severity" "warning" "Values" .Values) | nindent 8 }}
      annotations:
        summary: {{ `Model {{ $labels.model_namespace }}/{{ $labels.model }} is not Ready` | quote }}
        description: {{ `"kubectl -n {{ $labels.model_namespace }} describe fdm {{ $labels.model }}" says what to do. The versions that served before go on serving.` | quote }}
{{- end -}}

{{- define "alerts.labels" -}}
severity: {{ .severity }}
{{- with .burn }}
long_window: {{ .long }}
short_window: {{ .short }}
{{- end }}
{{- with .Values.alerts.labels }}
{{ toYaml . }}
{{- end }}
{{- end -}}
