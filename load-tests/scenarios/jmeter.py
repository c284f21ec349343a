"""JMeter's threads, each asking again as soon as it is answered."""

import shutil
import sys
from pathlib import Path

import generators
from cases import batch
from processes import Failed
from session import must, none_lost, none_wrong


def play(session, threads):
    if not shutil.which("jmeter"):
        raise Failed("jmeter is not installed: apt-get install jmeter")
    threads = min(threads, 50) if session.quick else threads
    seconds, ramp = session.seconds(60, 4), session.seconds(max(5, threads // 200), 1)
    with session.target() as target:
        if target.kind == "url" and target.secure:
            raise Failed("JMeter's plan speaks without TLS: give an http:// address")
        warm = session.wrk(target, "warm-up", "predict", 2, 64, session.seconds(8, 1), probe=False)
        with generators.ConstantRate(target, batch(target, 2)) as constant:
            host, port = target.addresses[0]
            load = Path(__file__).with_name("jmeter_load.py")
            numbers = [host, port, threads, ramp, seconds]
            command = [sys.executable, "-u", load, *numbers, target.token or "none", constant.file]
            sent = f"JMeter, {threads:,} threads that begin within {ramp} s, {seconds} s, POST /predict with 2 rows"
            phase = session.load(target, f"{threads:,} threads", [command], seconds, None, True, sent)
    answers = phase.seen.right + phase.seen.refused
    return [phase], [
        none_wrong([warm, phase]),
        none_lost([phase]),
        must("every answer is 200 and right, or 503 with Retry-After", answers and answers == phase.seen.requests,
             f"{phase.seen.right:,} right, {phase.seen.refused:,} refused of {phase.seen.requests:,}"),
    ]  # fmt: skip
