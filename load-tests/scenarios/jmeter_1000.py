"""JMeter with 1000 threads."""

import jmeter

TITLE = "JMeter's 1,000 threads"
LASTS = "2 minutes"


def play(session):
    return jmeter.play(session, 1000)
