"""What the cloud function was tested with: wrk -t2 -c100 for 50 s, a form with a list, a bearer token."""

import http.client
import secrets
import tempfile
from pathlib import Path

from processes import Failed
from session import must, none_lost, none_wrong

TITLE = "The function: wrk -t2 -c100 for 50 s, each request with a bearer token"
LASTS = "1 minute"

ASKED = 51_715


def play(session):
    options = session.options
    if options.url or options.ingress:
        if not options.token:
            raise Failed("it sends a bearer token: give one that the predictor takes with --token")
        return loaded(session, session.target())
    with tempfile.TemporaryDirectory(prefix="load-keys-") as directory:
        # A file a caller, a key a line.
        token = secrets.token_hex(24)
        Path(directory, "load-tests").write_text(token + "\n")
        return loaded(session, session.target(limits={"API_KEYS_DIR": directory}, token=token))


def loaded(session, target):
    with target:
        status = without_token(target)
        if status != 401:
            raise Failed(f"a request without a token is answered {status}: this predictor does not ask who calls")
        warm = session.wrk(target, "warm-up", "function", 2, 64, session.seconds(8, 1), probe=False)
        phase = session.wrk(target, "function", "function", 2, 100, session.seconds(50))
    musts = [none_wrong([warm, phase]), none_lost([phase])]
    if not session.quick:
        musts.append(
            must(f"{ASKED:,} requests in 50 s, as the cloud function", phase.seen.right >= ASKED, f"{phase.seen.right:,} right")
        )
    return [phase], musts


def without_token(target):
    kind = http.client.HTTPSConnection if target.kind == "url" and target.secure else http.client.HTTPConnection
    connection = kind(*target.addresses[0], timeout=10)
    try:
        form = {"Content-Type": "application/x-www-form-urlencoded", "Host": target.host}
        connection.request("POST", "/", "x=[1]", form)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise Failed(f"{target.urls[0]} does not answer: {error!r}") from error
    finally:
        connection.close()
