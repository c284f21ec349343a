"""JMeter with 5000 threads."""

import jmeter

TITLE = "JMeter's 5,000 threads"
LASTS = "2 minutes"


def play(session):
    return jmeter.play(session, 5000)
