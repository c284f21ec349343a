"""A predictor held to a twentieth of a core is asked ten times what it can answer; then half of it again."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from cases import batch, neighbours, sample, single_rows
from processes import Failed
from quota import Quota
from session import must

TITLE = "Overload: ten times what a twentieth of a core can answer, at a constant rate"
LASTS = "9 minutes"

SHARE = 1 / 20
# In a few seconds a twentieth might answer nothing.
QUICK_SHARE = 1 / 4
TIMES = 10
PROCESSES = 2

# A client gives up after so long; it opens a new connection when all of its own wait.
TIMEOUT_SECONDS = 5
CONNECTIONS = 2_000

WARM_SECONDS = 60
REHEARSALS = 2
REHEARSAL_TIMES = 3

GOODPUT = 0.8
RECOVERY_SECONDS = 5
AT_ONCE_MS = 1_000


@dataclass(frozen=True)
class Requests:
    """What is asked, how many of it until the compiler is done, and a rate above what its share of a core can answer."""

    name: str
    served: Callable
    cases: Callable
    connections: int
    warm: int
    saturating: int
    # Whether so much can be sent that even a whole core refuses.
    overloads_a_core: bool


def play(session):
    phases, musts, table = [], [], [HEAD]
    for requests in (
        Requests("rows of a slow model", lambda: neighbours(session.directory / "neighbours"), single_rows, 400, 3_000, 1_000, True),
        Requests("batches of 500 rows", sample, lambda target: batch(target, 500), 400, 5_000, 1_000, True),
        Requests("single rows", sample, single_rows, CONNECTIONS, 300_000, 15_000, False),
    ):
        played, verdicts, row = overload(session, requests)
        phases += played
        musts += verdicts
        table.append(row)
        if session.quick:
            break
    return phases, musts, table


HEAD = [
    "requests", "the best, right/s", "offered/s", "right/s then", "goodput", "refused/s", "refusals p50, p99 ms",
    "neither answered nor refused", "memory MiB, most", "recovered after s",
]  # fmt: skip


def overload(session, requests):
    name, connections, served = requests.name, requests.connections, requests.served()
    seconds, timeout = session.seconds(20), session.seconds(TIMEOUT_SECONDS, 1)
    with session.target(local_only="slows its predictor down", served=served) as target:
        [server] = target.servers
        with Quota(server.process.pid) as quota:
            cases = requests.cases(target)
            warm_up(session, target, requests, cases)
            for _ in range(0 if session.quick else REHEARSALS):
                # What refuses is compiled when it is needed first: in its small share that would take most of a minute.
                # So many connections that more is in flight than may be.
                if not requests.overloads_a_core:
                    quota.limit(SHARE)
                session.constant(
                    target, f"{name}: rehearsal", cases, REHEARSAL_TIMES * requests.saturating, 10, CONNECTIONS, TIMEOUT_SECONDS, PROCESSES
                )  # fmt: skip
                quota.lift()
                settle(target)
            quota.limit(QUICK_SHARE if session.quick else SHARE)
            session.say(f"  from here on it has {'a quarter' if session.quick else 'a twentieth'} of a core, by {quota.how}")
            # A rate that it cannot keep up with, on few connections, shows what it can do.
            best = best_of(session, target, requests, cases, seconds)
            best_rate = steady(best, session)
            if not best_rate:
                raise Failed(f"so small a part of a core answers nothing here at all: {best.line()}")
            rate = TIMES * best_rate
            before = target.memory_mib()
            during = session.constant(
                target, f"{name}: overload", cases, rate, seconds, connections, timeout, PROCESSES
            )
            ended = time.time()
            after = session.constant(
                target, f"{name}: after it", cases, best_rate / 2, session.seconds(15), 64, timeout
            )
    offered = rate * seconds
    goodput = steady(during, session) / best_rate
    recovered = recovery(after, ended, best_rate / 2)
    memory = max([mib for _, mib in during.memory] or [before])
    silent = during.seen.failed / max(1, during.seen.requests + during.seen.failed)
    refusals = during.seen.refusals
    row = [
        name, f"{best_rate:,.0f}", f"{rate:,.0f}", f"{steady(during, session):,.0f}", f"{goodput:.0%}",
        f"{during.seen.refused / during.seen.seconds:,.0f}", f"{refusals.percentile(50):.0f}, {refusals.percentile(99):.0f}",
        f"{silent:.0%}", f"{memory:.0f}", f"{recovered:.0f}",
    ]  # fmt: skip
    verdicts = [
        must(f"{name}: no answer is wrong", not (during.seen.wrong + after.seen.wrong), during.line()),
        must(f"{name}: memory stays bounded", memory < before + 200, f"{before:.0f} MiB before, {memory:.0f} at most"),
    ]
    if not session.quick:
        verdicts += [
            must(f"{name}: goodput stays at {GOODPUT:.0%} of the best", goodput >= GOODPUT, f"{goodput:.0%}"),
            must(f"{name}: some are refused, in their time", refusals.count and refusals.percentile(50) < AT_ONCE_MS,
                 f"{during.seen.refused:,} of {offered:,.0f}, half of them within {refusals.percentile(50):.0f} ms"),
            must(f"{name}: recovered within {RECOVERY_SECONDS} s", recovered <= RECOVERY_SECONDS, f"{recovered:.0f} s"),
        ]  # fmt: skip
    return [best, during, after], verdicts, row


def warm_up(session, target, requests, cases):
    """Until the compiler is done with what these requests run: in a twentieth of a core it would take all of it."""
    wanted = 1 if session.quick else requests.warm
    seen, began = 0, time.monotonic()
    while seen < wanted and time.monotonic() - began < WARM_SECONDS:
        phase = session.constant(target, f"{requests.name}: warm-up", cases, requests.saturating, session.seconds(5, 2), 32, session.seconds(TIMEOUT_SECONDS, 1))
        if phase.seen.wrong:
            raise Failed(f"the answers are wrong before it begins: {phase.seen.first_wrong}")
        seen += phase.seen.right
    if not session.quick:
        settle(target)


def settle(target):
    """Waits until the predictor does nothing more by itself."""
    deadline = time.monotonic() + WARM_SECONDS
    while time.monotonic() < deadline:
        before = target.cpu_seconds()
        time.sleep(1)
        if target.cpu_seconds() - before < 0.03:
            return


def best_of(session, target, requests, cases, seconds):
    """The most that is answered right, of two loads that ask more than that on few and on more connections."""
    tries, timeout = [], session.seconds(TIMEOUT_SECONDS, 1)
    for connections in (16,) if session.quick else (16, 64):
        tries.append(
            session.constant(
                target, f"{requests.name}: the best, {connections} connections", cases, requests.saturating, max(3, seconds // 2),
                connections, timeout, PROCESSES,
            )  # fmt: skip
        )
    return max(tries, key=lambda phase: steady(phase, session))


def steady(phase, session):
    """Right answers a second while requests were sent: what is answered when nobody asks any more does not count."""
    if session.quick:
        return phase.seen.per_second
    # The first seconds fill the queues, and the last may not be a whole one.
    first, last = 3, phase.due_seconds - 1
    start = min(phase.seen.timeline, default=0)
    rights = [right for second, (right, _, _) in phase.seen.timeline.items() if first <= second - start < last]
    return sum(rights) / len(rights) if rights else 0.0


def recovery(after, ended, rate):
    """Seconds after the overload until everything that is due is answered, and stays so."""
    last_bad = 0
    for second, (right, refused, wrong) in sorted(after.seen.timeline.items()):
        complete = min(after.seen.timeline) < second < max(after.seen.timeline)
        if refused or wrong or (complete and right < 0.8 * rate):
            last_bad = second + 1 - ended
    return max(0.0, last_bad)
