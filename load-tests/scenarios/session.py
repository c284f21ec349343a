"""One run of scenarios: plays loads, tells how they go, and keeps what was seen for the report."""

import os
import time
from contextlib import nullcontext

import generators
from cases import single_rows
from processes import Failed, Running
from seen import ERRORS, Seen
from target import Local, Named, Replicas, Url, ingress

PROGRESS_SECONDS = 3

# The service's objectives (docs/slo.md).
AVAILABLE = 0.999
WITHIN_100_MS = 0.99


class Session:
    def __init__(self, options, directory, say):
        self.options = options
        self.directory = directory
        self.say = say
        self.quick = options.quick

    def target(self, count=1, limits=None, java_options=(), local_only=None, cores=None, token=None, served=None):
        """What to load: predictors started for this scenario, or what was asked for."""
        options = self.options
        if options.ingress or options.url:
            if local_only:
                raise Failed(f"this scenario {local_only}: it plays with --local only")
            if options.ingress:
                return ingress(options.ingress, options.token)
            if options.model:
                return Named(options.url, options.model, options.host, options.token)
            return Url(options.url, options.host, options.token)
        return Local(options, self.directory, count, limits, [*java_options, *options.java_options], cores, token, served)

    def seconds(self, full, quick=3):
        return quick if self.quick else full

    def load(self, target, name, commands, seconds, environment=None, probe=True, sent="", meanwhile=None):
        """Plays generators beside each other, with a probe and a look at memory; a phase of the report."""
        probing = probe and not (target.kind == "url" and target.secure)
        replicas = Replicas(target.model) if target.kind == "url" and os.environ.get("KUBECONFIG") else None
        self.say(f"  {name}: {sent}")
        with generators.ConstantRate(target, single_rows(target)) if probing else nullcontext() as constant:
            probe_commands = [constant.probe(seconds)] if probing else []
            with Running(probe_commands) as beside, Running(commands, environment) as running:
                progress = Progress(self.say, seconds, target, replicas, meanwhile)
                seen = running.wait(seconds + generators.TIMEOUT_SECONDS + 60, progress)
                probed = beside.wait(generators.PROBE_TIMEOUT_SECONDS + 30) if probing else None
        phase = Phase(name, sent, seen, probed, progress, replicas)
        self.say(f"    {phase.line()}")
        return phase

    def wrk(self, target, name, dialect, threads, connections, seconds, pause_ms=None, rate=None, probe=True, settings=None):
        """The target's addresses, each loaded by a wrk of its own that has its part of the connections."""
        shares = [connections // target.count + (i < connections % target.count) for i in range(target.count)]
        commands = [
            generators.wrk(url, dialect, threads, share, seconds)
            for url, share in zip(target.urls, shares, strict=True)
        ]
        sent = f"wrk -t{threads} -c{connections} -d{seconds}s, {dialect}.lua"
        sent += f", {target.count} processes" if target.count > 1 else ""
        sent += f", each connection pauses {pause_ms / 1e3:.1f} s" if pause_ms else ""
        sent += f", {rate:,.0f} requests/s" if rate else ""
        sent += "".join(f", {name}={value}" for name, value in (settings or {}).items())
        environment = generators.wrk_environment(target, pause_ms, rate and rate / threads / target.count) | (settings or {})
        return self.load(target, name, commands, seconds, environment, probe, sent)

    def constant(self, target, name, cases, rate, seconds, connections, timeout, processes=1, meanwhile=None):
        """Requests at a constant rate, whatever becomes of them."""
        with generators.ConstantRate(target, cases) as constant:
            command = constant.command(rate / processes, seconds, connections // processes, timeout)
            sent = f"{rate:,.0f} requests/s for {seconds} s, each when it is due, up to {connections:,} connections"
            phase = self.load(target, name, [command] * processes, seconds, None, False, sent, meanwhile)
        phase.open_loop = True
        phase.due_seconds = seconds
        return phase


class Progress:
    """Says every few seconds how it goes, and notes the memory of predictors started here."""

    def __init__(self, say, seconds, target, replicas, meanwhile):
        self.say = say
        self.seconds = seconds
        self.target = target
        self.replicas = replicas
        self.meanwhile = meanwhile
        self.start = time.time()
        self.next = self.start + PROGRESS_SECONDS
        self.memory = []

    def __call__(self, seen):
        if self.meanwhile:
            self.meanwhile()
        if self.replicas:
            self.replicas.look()
        now = time.time()
        if now < self.next:
            return
        self.next = now + PROGRESS_SECONDS
        mib = self.target.memory_mib()
        if mib is not None:
            self.memory.append([now - self.start, mib])
        # The second that goes on is not complete.
        done = [counts for second, counts in sorted(seen.timeline.items()) if second < int(now) - 1][-PROGRESS_SECONDS:]
        if done:
            right, refused, wrong = (sum(counts) / len(done) for counts in zip(*done, strict=True))
            self.say(
                f"    {now - self.start:3.0f} of {self.seconds} s: {right:,.0f} right/s, {refused:,.0f} refused/s, "
                f"{wrong:,.0f} wrong/s"
            )


class Phase:
    """A load of a scenario and what was seen of it."""

    def __init__(self, name, sent, seen, probed, progress=None, replicas=None):
        self.name = name
        self.sent = sent
        self.seen = seen
        self.probed = probed
        self.open_loop = False
        self.due_seconds = None
        self.memory = progress.memory if progress else []
        self.replicas = replicas.seen if replicas else []

    def line(self):
        seen = self.seen
        text = f"{seen.per_second:,.0f} right/s, {seen.right:,} right, {seen.refused:,} refused, {seen.wrong:,} wrong"
        text += "".join(f", {count:,} {ERRORS[kind]}" for kind, count in seen.errors.items() if count)
        text += f"; p50 {seen.latency.percentile(50):.1f} ms, p99 {seen.latency.percentile(99):.1f} ms"
        if self.probed and self.probed.requests:
            text += f"; the probe's p99 {self.probed.latency.percentile(99):.1f} ms"
        return text + (f"; first wrong: {seen.first_wrong}" if seen.wrong else "")

    def objectives(self):
        """The service's objectives, held against this phase. Latency is taken where no request waits unseen."""
        seen = self.seen
        asked = seen.requests + seen.failed
        available = seen.right / asked if asked else 0.0
        fair = seen if self.open_loop else self.probed
        verdicts = [
            {
                "what": "99.9 % of predictions are not answered 5xx, and none is lost",
                "ok": available >= AVAILABLE,
                "figure": f"{available:.4%} answered right",
            }
        ]
        if fair and fair.latency.count:
            # Who got no answer waited longer than 100 ms.
            share = fair.latency.share_within(100) * fair.latency.count / (fair.requests + fair.failed)
            verdicts.append(
                {
                    "what": "99 % of predictions within 100 ms",
                    "ok": share >= WITHIN_100_MS,
                    "figure": f"{share:.3%}, "
                    + ("of all requests, from when each was due" if self.open_loop else "of the probe's requests"),
                }
            )
        return verdicts

    def as_json(self):
        return {
            "name": self.name,
            "sent": self.sent,
            "open_loop": self.open_loop,
            "seen": self.seen.as_json(),
            "probe": self.probed.as_json() if self.probed else None,
            "memory_mib": self.memory,
            "replicas": self.replicas,
            "objectives": self.objectives(),
        }


def must(what, ok, figure):
    """A verdict on what a scenario is played for."""
    return {"what": what, "ok": bool(ok), "figure": figure}


def none_wrong(phases):
    """No wrong answer in any of the phases."""
    wrong = sum(phase.seen.wrong for phase in phases)
    return must("no answer is wrong", wrong == 0, f"{wrong:,} wrong of {sum(p.seen.requests for p in phases):,}")


def none_lost(phases):
    """Every request got an answer."""
    lost = Seen()
    for phase in phases:
        for kind, count in phase.seen.errors.items():
            lost.errors[kind] += count
    told = ", ".join(f"{count:,} {ERRORS[kind]}" for kind, count in lost.errors.items() if count)
    return must("no request is lost", lost.failed == 0, told or "0 errors")
