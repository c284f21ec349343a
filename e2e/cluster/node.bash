# The node of a cluster, for ./cluster: a kubelet with containerd and runc, kube-proxy, and what runs beside it
# (addons.yaml). Everything that it makes on the machine is named here, and taken away again by node_down.

link=flightdelay0
node_ip=10.244.0.1
pods=10.244.0.0/24
table=flight-delay-cluster
containerd_socket=$state/containerd.sock

node_tools=(
  "${control_plane_tools[@]}"
  kubernetes:k8s.io/kubernetes/cmd/kubelet
  kubernetes:k8s.io/kubernetes/cmd/kube-proxy
  containerd:github.com/containerd/containerd/v2/cmd/containerd
  containerd:github.com/containerd/containerd/v2/cmd/containerd-shim-runc-v2
  containerd:github.com/containerd/containerd/v2/cmd/ctr
  coredns:github.com/coredns/coredns
  metrics-server:sigs.k8s.io/metrics-server/cmd/metrics-server
  traefik:github.com/traefik/traefik/v3/cmd/traefik
  pause:cluster/pause
)

# Ends where this machine cannot be a node; installs Debian's packages where it may.
node_needs() {
  if [[ $(uname -s) != Linux || $(id -u) != 0 ]]; then
    echo "a cluster with a node needs root on Linux: sudo $0 up, or KUBECONFIG of kind, minikube or the like" >&2
    exit 1
  fi
  local owner
  if owner=$(cat "/sys/class/net/$link/ifalias" 2>/dev/null) && [[ $owner != "$state" ]]; then
    echo "one node at a time: another cluster runs here; CLUSTER_STATE=$owner $0 down ends it" >&2
    exit 1
  fi
  local missing=()
  command -v runc >/dev/null || missing+=(runc)
  command -v nft >/dev/null || missing+=(nftables)
  command -v ip >/dev/null || missing+=(iproute2)
  [[ -x /usr/lib/cni/ptp ]] || missing+=(containernetworking-plugins)
  ((${#missing[@]})) || return 0
  if ! command -v apt-get >/dev/null; then
    echo "not installed: ${missing[*]} (so Debian calls the packages; CNI's plugins belong into /usr/lib/cni)" >&2
    exit 1
  fi
  echo "installing ${missing[*]}"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
}

node() {
  containers
  kubelet_configuration >"$state/kubelet.yaml"
  start kubelet kubelet --config="$state/kubelet.yaml" --kubeconfig="$state/kubelet.conf" --hostname-override=node1 \
    --node-ip=$node_ip --root-dir="$state/kubelet" --cert-dir="$state/kubelet/pki"
  kube_proxy_configuration >"$state/kube-proxy.yaml"
  start kube-proxy kube-proxy --config="$state/kube-proxy.yaml"
  until_true 60 "the node" kubelet kubectl wait --for=condition=Ready node/node1 --timeout=1s
}

# The node's address is on a link of its own, so that nothing of the cluster can be reached from elsewhere.
# Each pod has a link to the machine, which routes between them.
network() {
  if [[ ! -e /sys/class/net/$link ]]; then
    cat /proc/sys/net/ipv4/ip_forward >"$state/ip_forward"
    ip link add $link type bridge
    ip link set $link alias "$state" up
    ip address add $node_ip/32 dev $link
  fi
  # Where a pod has been is nobody; its packets would leave the machine.
  ip route replace unreachable $pods
  echo 1 >/proc/sys/net/ipv4/ip_forward
  nft -f - <<NFT
table ip $table
delete table ip $table
table ip $table {
  chain leaves-the-machine {
    type nat hook postrouting priority srcnat;
    ip saddr $pods ip daddr != { $pods, 10.96.0.0/16 } masquerade
  }
}
NFT
  mkdir -p "$state/cni"
  cat >"$state/cni/10-pods.conflist" <<CNI
{"cniVersion": "0.4.0", "name": "$link", "plugins": [
  {"type": "ptp", "ipMasq": false, "ipam": {"type": "host-local", "dataDir": "$state/addresses",
   "ranges": [[{"subnet": "$pods", "gateway": "$node_ip"}]], "routes": [{"dst": "0.0.0.0/0"}]}}]}
CNI
}

containers() {
  cat >"$state/containerd.toml" <<TOML
version = 3
root = "$state/containerd/root"
state = "$state/containerd/state"
[grpc]
  address = "$containerd_socket"
[ttrpc]
  address = "$containerd_socket.ttrpc"
[plugins.'io.containerd.internal.v1.opt']
  path = "$state/containerd/opt"
[plugins.'io.containerd.cri.v1.images'.pinned_images]
  sandbox = "docker.io/local/pause:1"
[plugins.'io.containerd.cri.v1.runtime']
  restrict_oom_score_adj = true
  enable_unprivileged_ports = true
  netns_mounts_under_state_dir = true
  [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
      Root = "$state/runc"
  [plugins.'io.containerd.cri.v1.runtime'.cni]
    bin_dirs = ["/usr/lib/cni"]
    conf_dir = "$state/cni"
TOML
  start containerd containerd -c "$state/containerd.toml"
  until_true 30 containerd containerd ctr -a "$containerd_socket" version
  ctr -a "$containerd_socket" -n k8s.io images ls -q 2>/dev/null | grep -q local/pause:1 || pause_image
}

pause_image() {
  local folder
  folder=$(mktemp -d)
  tar -C "$bin" -cf "$folder/layer.tar" pause
  cat >"$folder/config.json" <<JSON
{"architecture": "$(dpkg --print-architecture 2>/dev/null || echo amd64)", "os": "linux",
 "config": {"Entrypoint": ["/pause"], "User": "65532"},
 "rootfs": {"type": "layers", "diff_ids": ["sha256:$(sha256sum "$folder/layer.tar" | cut -d' ' -f1)"]}}
JSON
  echo '[{"Config": "config.json", "RepoTags": ["docker.io/local/pause:1"], "Layers": ["layer.tar"]}]' >"$folder/manifest.json"
  tar -C "$folder" -cf "$folder/pause.tar" manifest.json config.json layer.tar
  load "$folder/pause.tar"
  rm -r "$folder"
}

load() { # image.tar
  if ! runs containerd; then
    echo "no node runs: cluster up" >&2
    exit 1
  fi
  local output
  if ! output=$(ctr -a "$containerd_socket" -n k8s.io images import "$1" 2>&1); then
    echo "the node does not take $1: $output" >&2
    exit 1
  fi
}

kubelet_configuration() {
  cat <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $node_ip
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $pki/ca.crt}}
authorization: {mode: Webhook}
cgroupDriver: cgroupfs
failCgroupV1: false
failSwapOn: false
containerRuntimeEndpoint: unix://$containerd_socket
clusterDomain: cluster.local
clusterDNS: [10.96.0.10]
podLogsDir: $state/pods
volumePluginDir: $state/volume-plugins
resolvConf: ""
makeIPTablesUtilChains: false
enforceNodeAllocatable: []
# The disk is the machine's, and may be nearly full for reasons of its own.
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%, nodefs.inodesFree: 1%}
imageGCHighThresholdPercent: 100
maxPods: 200
YAML
}

kube_proxy_configuration() {
  cat <<YAML
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
bindAddress: $node_ip
healthzBindAddress: $node_ip:10256
clientConnection: {kubeconfig: $state/kube-proxy.conf}
clusterCIDR: $pods
hostnameOverride: node1
nodePortAddresses: [$node_ip/32]
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
YAML
}

addons() {
  kubectl apply --server-side -f "$crds" >/dev/null
  sed "s/node-address/$node_ip/" "$here/addons.yaml" | kubectl apply --server-side -f - >/dev/null
  cat >"$state/Corefile" <<DNS
.:1053 {
  bind $node_ip
  errors
  kubernetes cluster.local {
    kubeconfig $state/coredns.conf
  }
  cache 5
}
DNS
  start coredns coredns -conf "$state/Corefile"
  start metrics-server metrics-server --kubeconfig="$state/metrics-server.conf" \
    --authentication-kubeconfig="$state/metrics-server.conf" --authorization-kubeconfig="$state/metrics-server.conf" \
    --bind-address=$node_ip --secure-port=4443 --cert-dir="$state/metrics-server" --kubelet-insecure-tls \
    --kubelet-preferred-address-types=InternalIP --metric-resolution=10s --kubelet-request-timeout=5s
  # A pod that is killed serves no more before Traefik hears of it: who is sent there is sent to the next one.
  cat >"$state/traefik.yaml" <<'RETRY'
http:
  middlewares:
    next-pod:
      retry: {attempts: 5}
RETRY
  # Port 80 of the node's address is where Ingresses and Gateways are, and what they say in their status.
  start traefik env KUBECONFIG="$state/traefik.conf" traefik --entrypoints.web.address=$node_ip:80 \
    --entrypoints.web.http.middlewares=next-pod@file --providers.file.filename="$state/traefik.yaml" \
    --providers.kubernetesingress=true --providers.kubernetesingress.endpoint="https://$address:$port" \
    --providers.kubernetesingress.ingressendpoint.ip=$node_ip --providers.kubernetesgateway=true \
    --providers.kubernetesgateway.endpoint="https://$address:$port" --providers.kubernetesgateway.statusaddress.ip=$node_ip \
    --global.checknewversion=false --global.sendanonymoususage=false --log.level=INFO
  until_true 60 "the metrics API" metrics-server kubectl get --raw /apis/metrics.k8s.io/v1beta1/nodes/node1
}

# Nothing of the pods is kept, so they are not asked to end well.
node_down() {
  [[ -e $containerd_socket || -e /sys/class/net/$link ]] || return 0
  if [[ $(cat "/sys/class/net/$link/ifalias" 2>/dev/null) != "$state" ]]; then return 0; fi
  kill_components kubelet
  if runs containerd; then
    # Each pod's shim ends with its last container. One that does not is killed with the rest of the pod.
    local container
    for container in $(timeout 10 ctr -a "$containerd_socket" -n k8s.io tasks ls -q 2>/dev/null); do
      timeout 10 ctr -a "$containerd_socket" -n k8s.io tasks delete --force "$container" >/dev/null 2>&1 &
    done
    wait
  fi
  kill_components containerd kube-proxy traefik metrics-server coredns
  awk -v folder="$state/" 'index($2, folder) == 1 {print $2}' /proc/mounts | sort -r | xargs -r -n1 umount -l
  nft delete table ip $table 2>/dev/null || true
  nft delete table ip kube-proxy 2>/dev/null || true
  nft delete table ip6 kube-proxy 2>/dev/null || true
  cat "$state/ip_forward" >/proc/sys/net/ipv4/ip_forward
  # A container's cgroup is busy for a moment after its last process.
  local _
  for _ in 1 2 3 4 5; do
    find /sys/fs/cgroup -depth -type d -path '*/kubepods*' -exec rmdir {} + 2>/dev/null && break
    sleep 0.2
  done
  find /var/log/containers -lname "$state/*" -delete 2>/dev/null || true
  # What CNI remembers of pods: a result for their link, and one for loopback.
  local result
  for result in /var/lib/cni/results/$link-*-eth0; do
    result=${result#*/$link-}
    rm -f /var/lib/cni/results/{$link,cni-loopback}-"${result%-eth0}"-{eth0,lo}
  done
  # Folders that have no option; another kubelet's or containerd's are not empty.
  rm -f /var/lib/kubelet/device-plugins/kubelet.sock
  rmdir -p /var/lib/cni/results /var/log/containers /run/containerd/{s,runc/k8s.io} /var/lib/kubelet/device-plugins \
    /usr/libexec/kubernetes/kubelet-plugins/volume/exec 2>/dev/null || true
  ip route delete unreachable $pods 2>/dev/null || true
  ip link delete $link
}
