#!/usr/bin/env python3
"""Starts an unpacked image once, lets it do its work, and keeps what it has loaded as its AOT cache.

    train.py predictor|operator FOLDER CACHE      FOLDER has the image's files; CACHE is the file to write
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path

import kubernetes_operator
import predictor
from container import Image
from processes import NotReady, readable_by_all, training

KINDS = {"predictor": (predictor.Predictor, predictor.train), "operator": (kubernetes_operator.Operator, kubernetes_operator.train)}


def main(kind, folder, cache):
    image = Image(folder)
    program, train = KINDS[kind]
    with tempfile.TemporaryDirectory() as work:
        output = readable_by_all(Path(work) / "output")
        with program(
            image, work, entrypoint=training(image.entrypoint, "/tmp/output/app.aot"), binds=[(output, "/tmp/output", True)]
        ) as process:
            train(process)
            # It assembles the cache while it ends.
            process.stop(timeout=300)
            written = output / "app.aot"
            if not written.exists():
                raise NotReady(f"the training run wrote no cache: {process.said()}")
        Path(cache).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(written, cache)


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in KINDS:
        raise SystemExit(__doc__)
    begun = time.monotonic()
    try:
        main(*sys.argv[1:])
    except (NotReady, AssertionError, OSError) as failure:
        raise SystemExit(f"no AOT cache of the {sys.argv[1]}: {failure}")
    print(f"  AOT cache of the {sys.argv[1]}: {Path(sys.argv[3]).stat().st_size >> 20} MiB, in {time.monotonic() - begun:.0f} s")
