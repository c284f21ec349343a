"""What the cloud function was tested with: wrk -t2 -c100 for 50 s, a form with a list, a bearer token."""

from processes import Failed
from session import must, none_lost, none_wrong

TITLE = "The function: wrk -t2 -c100 for 50 s, each request with a bearer token"
LASTS = "1 minute"

KEY_NAME = "load-tests"


def play(session):
    if (session.options.url or session.options.ingress) and not session.options.token:
        raise Failed("it sends a bearer token: give one that the predictor takes with --token")
    with session.target() as target:
        warm = session.wrk(target, "warm-up", "function", 2, 64, session.seconds(8, 1), probe=False)
        phase = session.wrk(target, "function", "function", 2, 100, session.seconds(50))
    musts = [none_wrong([warm, phase]), none_lost([phase])]
    if not session.quick:
        musts.append(
            must("51,715 requests in 50 s, as the cloud function", phase.seen.right >= 51_715, f"{phase.seen.right:,} right")
        )
    return [phase], musts
