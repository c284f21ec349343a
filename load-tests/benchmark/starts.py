"""Starts: from the start of the process to the first right answer, in interleaved rounds."""

from server import Server
from spread import Spread


def measure(contenders, sample, options, directory, say):
    seconds = {contender.name: [] for contender in contenders}
    memory = {contender.name: [] for contender in contenders}
    for round_number in range(options.starts):
        for contender in contenders:
            rows, classes = sample.single(round_number)
            with Server(contender, options.server_core, directory) as server:
                call = contender.single_calls[0]
                taken = server.wait_until_right(call, rows, [1] if contender.constant else classes)
                memory[contender.name].append(server.rss_mib())
            seconds[contender.name].append(taken)
            say(f"start {round_number + 1} of {options.starts}: {contender.title}: {taken:.3f} s")
    return {
        "rows": [
            {
                "server": contender.title,
                "name": contender.name,
                "seconds": Spread(seconds[contender.name]).as_json(),
                "rss_mib_at_first_answer": Spread(memory[contender.name]).as_json(),
            }
            for contender in contenders
        ]
    }
