"""Plays the load on the cluster of KUBECONFIG, and writes down what happens: see run."""

import argparse
import json
import pathlib
import sys
import time

from cluster import Cluster
from load import Load
from picture import draw

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Seconds of each part, and its load: (what, seconds, connections, pause in ms of each connection).
REST = ("a request now and then", 20, 1, 200)
REST_AFTER = ("a request now and then", 120, 1, 200)
BUSY_SECONDS = 100
SAMPLE_SECONDS = 2


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--chart", required=True)
    parser.add_argument("--picture", type=pathlib.Path)
    parser.add_argument("--throughput", nargs="?", type=int, const=45)
    parser.add_argument("--connections", type=int)
    options = parser.parse_args()

    cluster = Cluster(ROOT, options.chart)
    cluster.install()
    if options.throughput:
        return throughput(cluster, options)
    return autoscaling(cluster, options)


def throughput(cluster, options):
    cluster.apply(autoscaling={"mode": "None", "minReplicas": 1})
    load = Load(ROOT, cluster.url())
    load.run(10, options.connections or 64, 0)  # the JVM's first seconds
    result = load.run(options.throughput, options.connections or 64, 0)
    print(json.dumps(result))
    print(f"{result['requests']:,} requests in {result['seconds']:.1f} s, p50 {result['p50']:.1f} ms, "
          f"p99 {result['p99']:.1f} ms, {result['failed']} failed")
    return 1 if result["failed"] or not result["requests"] else 0


def autoscaling(cluster, options):
    cluster.apply(autoscaling={"minReplicas": 1, "maxReplicas": 4, "scaleDownStabilizationSeconds": 15})
    load = Load(ROOT, cluster.url())
    parts = [REST, ("as much as it takes", BUSY_SECONDS, options.connections or 24, 0), REST_AFTER]
    samples = []
    begin = time.monotonic()
    for what, seconds, connections, pause in parts:
        print(f"{what}: {connections} connections for {seconds} s", flush=True)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            result = load.run(SAMPLE_SECONDS, connections, pause)
            sample = {"at": round(time.monotonic() - begin, 1), "part": what, **result, **cluster.pods()}
            samples.append(sample)
            print("{at:6.1f} s  {ready} of {wanted} pods  {cpu:5.0f}m CPU  {rate:7.0f}/s  p50 {p50:6.1f} ms  "
                  "p99 {p99:6.1f} ms  {failed} failed".format(rate=sample["requests"] / sample["seconds"],
                                                             **{**sample, "cpu": sample["cpu"] or 0}), flush=True)

    folder = ROOT / "target" / "autoscaling" / time.strftime("%Y-%m-%dT%H-%M-%S")
    folder.mkdir(parents=True)
    results = {"machine": cluster.machine(), "flags": cluster.autoscaler_flags(), "model": cluster.model, "samples": samples}
    (folder / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    svg = draw(results)
    for file in [folder / "autoscaling.svg"] + ([options.picture] if options.picture else []):
        file.write_text(svg)

    most = max(sample["ready"] for sample in samples)
    last = samples[-1]["ready"]
    failed = sum(sample["failed"] for sample in samples)
    requests = sum(sample["requests"] for sample in samples)
    print(f"{requests:,} requests, {failed} failed; from {samples[0]['ready']} pods to {most} and back to {last}: {folder}")
    return 1 if failed or most < 3 or last != 1 or samples[0]["ready"] != 1 else 0


if __name__ == "__main__":
    sys.exit(main())
