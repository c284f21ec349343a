"""A predictor held to a twentieth of a core is asked ten times what it can answer; then half of it again."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from cases import batch, neighbours, sample, single_rows
from histogram import Histogram
from processes import Failed
from quota import Quota
from session import Phase, must

TITLE = "Overload: ten times what a twentieth of a core can answer, at a constant rate"
LASTS = "15 minutes"

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
FEW = (16, 64)
BEST_ROUNDS = 4
BETTER = 1.1
# A machine does not do the same in every minute: each overload is held against what it could do just before.
ROUNDS = 3

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
    # Beside those that every predictor here has.
    java_options: tuple = ()


def play(session):
    phases, musts, table = [], [], [HEAD]
    for requests in (
        # The file is 33 MB, and what is made of it twice as much: reading it is refused where that would fill the heap.
        Requests(
            "rows of a slow model", lambda: neighbours(session.directory / "neighbours"), single_rows, 400, 3_000, 1_000, True, ("-Xmx192m",)
        ),
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
    name, served = requests.name, requests.served()
    with session.target(local_only="slows its predictor down", served=served, java_options=requests.java_options) as target:
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
            few = connections_of_best(session, target, requests, cases)
            before = target.memory_mib()
            rounds = [a_round(session, target, requests, cases, few) for _ in range(1 if session.quick else ROUNDS)]
    return judged(session, name, before, rounds)


def judged(session, name, before, rounds):
    """The rounds' phases, what must hold of them, and their row of the table."""
    phases = [phase for played in rounds for phase in (played.best, played.during, played.after)]
    goodput = median(played.goodput for played in rounds)
    recovered = median(played.recovered for played in rounds)
    memory = max(played.memory for played in rounds)
    seen = [played.during.seen for played in rounds]
    refused, due = sum(one.refused for one in seen), sum(one.requests + one.failed for one in seen)
    refusals = Histogram()
    for one in seen:
        refusals.merge(one.refusals)
    row = [
        name, f"{median(played.best_rate for played in rounds):,.0f}", f"{median(played.offered for played in rounds):,.0f}",
        f"{median(played.rate for played in rounds):,.0f}", f"{goodput:.0%}", f"{refused / sum(one.seconds for one in seen):,.0f}",
        f"{refusals.percentile(50):.0f}, {refusals.percentile(99):.0f}", f"{sum(one.failed for one in seen) / max(1, due):.0%}",
        f"{memory:.0f}", f"{recovered:.0f}",
    ]  # fmt: skip
    wrong = [phase for phase in phases if phase.seen.wrong]
    verdicts = [
        must(f"{name}: no answer is wrong", not wrong, (wrong or phases)[0].line()),
        must(f"{name}: memory stays bounded", memory < before + 200, f"{before:.0f} MiB before, {memory:.0f} at most"),
    ]
    if not session.quick:
        each = ", ".join(f"{played.goodput:.0%}" for played in rounds)
        times = ", ".join(f"{played.recovered:.0f}" for played in rounds)
        verdicts += [
            must(f"{name}: goodput stays at {GOODPUT:.0%} of the best", goodput >= GOODPUT, f"{goodput:.0%}, of {each}"),
            must(f"{name}: some are refused, in their time", refusals.count and refusals.percentile(50) < AT_ONCE_MS,
                 f"{refused:,} of {due:,}, half of them within {refusals.percentile(50):.0f} ms"),
            must(f"{name}: recovered within {RECOVERY_SECONDS} s", recovered <= RECOVERY_SECONDS, f"{recovered:.0f} s, of {times}"),
        ]  # fmt: skip
    return phases, verdicts, row


@dataclass(frozen=True)
class Round:
    """What it can do at that time, what becomes of ten times that, and how it is afterwards."""

    best: Phase
    best_rate: float
    during: Phase
    rate: float
    memory: float
    after: Phase
    recovered: float

    @property
    def offered(self):
        return TIMES * self.best_rate

    @property
    def goodput(self):
        return self.rate / self.best_rate


def a_round(session, target, requests, cases, few):
    seconds, timeout = session.seconds(20), session.seconds(TIMEOUT_SECONDS, 1)
    best = saturated(session, target, requests, cases, few)
    best_rate = steady(best, session)
    if not best_rate:
        raise Failed(f"so small a part of a core answers nothing here at all: {best.line()}")
    during = session.constant(
        target, f"{requests.name}: overload", cases, TIMES * best_rate, seconds, requests.connections, timeout, PROCESSES
    )  # fmt: skip
    ended = time.time()
    memory = max([target.memory_mib(), *(mib for _, mib in during.memory)])
    after = session.constant(
        target, f"{requests.name}: after it", cases, best_rate / 2, session.seconds(15), 64, timeout
    )
    return Round(best, best_rate, during, steady(during, session), memory, after, recovery(after, ended, best_rate / 2))


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


def connections_of_best(session, target, requests, cases):
    """How many connections get the most answers of it, once the compiler lets it: at first it takes half of a small share."""
    if session.quick:
        return FEW[0]
    best = before = 0
    for _ in range(BEST_ROUNDS):
        for connections in FEW:
            rate = steady(saturated(session, target, requests, cases, connections), session)
            if rate >= best:
                best, few = rate, connections
        if best < BETTER * before:
            break
        before = best
    return few


def saturated(session, target, requests, cases, connections):
    """A rate that it cannot keep up with, on few connections, shows what it can do.

    It must have nothing else to do: what an earlier load left behind would make the best less than it is.
    """
    if not session.quick:
        settle(target)
    return session.constant(
        target, f"{requests.name}: the best, {connections} connections", cases, requests.saturating, session.seconds(10, 3), connections,
        session.seconds(TIMEOUT_SECONDS, 1), PROCESSES,
    )  # fmt: skip


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
