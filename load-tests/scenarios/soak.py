"""Ten minutes at half of what it can do: does it get slower or larger?"""

from session import must, none_lost, none_wrong

TITLE = "Soak: 10 minutes at half of its capacity (--short: 2 minutes)"
LASTS = "11 minutes"

GROWTH_MIB = 32


def play(session):
    seconds = session.seconds(120 if session.options.short else 600, 4)
    with session.target() as target:
        most = session.wrk(target, "the most", "oip", 2, 100, session.seconds(15, 2), probe=False)
        phase = session.wrk(target, "soak", "oip", 2, 100, seconds, rate=most.seen.per_second / 2)
    musts = [none_wrong([most, phase]), none_lost([phase])]
    memory = [mib for _, mib in phase.memory]
    if len(memory) >= 8:
        quarter = len(memory) // 4
        # The first quarter is still compiled, and its collections settle.
        middle, last = max(memory[quarter : 2 * quarter]), max(memory[-quarter:])
        musts.append(
            must("memory does not grow", last - middle <= GROWTH_MIB, f"{middle:.0f} MiB in the second quarter, {last:.0f} in the last")
        )
    return [phase], musts
