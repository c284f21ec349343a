# What plays on a cluster needs, for e2e/run and load-tests/autoscaling/run: a cluster (their own, or a given one), the
# images, the chart's package. Their heads say what E2E_LOAD_IMAGE and the like are.

started=$SECONDS
say() { printf 'e2e: %s (%s s)\n' "$*" "$((SECONDS - started))"; }

# Ends where a command is missing, after installing those that are Debian packages of the same name where it may.
need() { # commands..
  local command missing=()
  for command in "$@"; do
    command -v "$command" >/dev/null || missing+=("$command")
  done
  ((${#missing[@]})) || return 0
  if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    echo "installing ${missing[*]}"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null || true
  fi
  for command in "${missing[@]}"; do
    command -v "$command" >/dev/null || { echo "$0 needs $command: install it first" >&2; exit 1; }
  done
}

# Sets chart.
package_chart() {
  local version helm
  version=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' pom.xml | head -n 1)
  e2e/cluster/cluster build helm
  helm=$(cluster_bin)/helm
  mkdir -p e2e/target
  # It warns of the links in the chart's folder, which it follows.
  "$helm" package helm/flight-delay-operator --destination e2e/target >e2e/target/package.log 2>&1 ||
    { cat e2e/target/package.log >&2; exit 1; }
  chart=$PWD/e2e/target/flight-delay-operator-$version.tgz
}

cluster_bin() { e2e/cluster/cluster env | sed -n 's/.*PATH=\([^:]*\):.*/\1/p'; }

# Builds what is not there yet, and leaves a cluster in KUBECONFIG that has the images. An own one is taken down at
# the end of the script, unless keep is set.
bring_up() {
  if [[ -z ${E2E_REGISTRY:-} ]]; then
    say "the images, where they are older than their sources"
    images/build --if-changed >e2e/target/images.log 2>&1 || { tail -n 20 e2e/target/images.log >&2; exit 1; }
  fi
  if [[ -n ${E2E_LOAD_IMAGE:-}${E2E_REGISTRY:-} ]]; then
    : "${KUBECONFIG:?E2E_LOAD_IMAGE and E2E_REGISTRY need a KUBECONFIG}"
    # The cluster's own kubectl comes first.
    PATH=$PATH:$(cluster_bin)
    export PATH
  else
    export CLUSTER_STATE=${CLUSTER_STATE:-${XDG_STATE_HOME:-$HOME/.local/state}/flight-delay/e2e}
    E2E_LOAD_IMAGE="e2e/cluster/cluster load"
    E2E_HOST_ADDRESS=${E2E_HOST_ADDRESS:-10.244.0.1}
    trap take_down EXIT
    e2e/cluster/cluster up
    eval "$(e2e/cluster/cluster env)"
  fi
  say "the cluster is up"
  if [[ -z ${E2E_REGISTRY:-} ]]; then
    local name
    for name in predictor operator; do $E2E_LOAD_IMAGE "images/target/$name.tar"; done
    say "it has the images"
  fi
}

take_down() {
  if [[ -n ${keep:-} ]]; then
    echo "The cluster is left: export CLUSTER_STATE=$CLUSTER_STATE; eval \"\$(e2e/cluster/cluster env)\"; kubectl get fdm -A"
    echo "To end it: e2e/cluster/cluster down"
  else
    e2e/cluster/cluster down
  fi
}
