"""Trains the models, seeded, and exports them for whatever scores them. Runs in the virtual environment.

`python models.py DIRECTORY TREES` (JSON: how many for each model) writes `<model>.pkl`, the rows to score, and what the
compilers make; what they could not do is in errors.json.
"""

import json
import pickle
import sys
from pathlib import Path

import numpy as np
from sklearn.datasets import make_classification
from sklearn.ensemble import RandomForestClassifier

FEATURES = 30
ROWS = 10_000
TRAINING_ROWS = 50_000
SEED = 7


def train(name, trees, x, y):
    if name == "forest":
        return RandomForestClassifier(trees["forest"], max_depth=10, random_state=SEED, n_jobs=1).fit(
            x[:20_000], y[:20_000]
        )
    if name == "xgboost":
        from xgboost import XGBClassifier

        return XGBClassifier(n_estimators=trees[name], max_depth=6, n_jobs=1, random_state=SEED).fit(x, y)
    from lightgbm import LGBMClassifier

    return LGBMClassifier(n_estimators=trees[name], n_jobs=1, random_state=SEED, verbose=-1).fit(x, y)


def treelite_model(name, model, directory):
    import treelite

    if name == "forest":
        return treelite.sklearn.import_model(model)
    if name == "xgboost":
        return treelite.frontend.from_xgboost(model.get_booster())
    return treelite.frontend.load_lightgbm_model(str(directory / "lightgbm.txt"))


def export_treelite(name, model, directory):
    treelite_model(name, model, directory).serialize(str(directory / f"{name}.treelite"))


def export_tl2cgen(name, model, directory):
    import tl2cgen

    tl2cgen.export_lib(
        treelite_model(name, model, directory),
        toolchain="gcc",
        libpath=str(directory / f"{name}.so"),
        params={"parallel_comp": 16},
        nthread=2,
    )


def export_onnx(name, model, directory):
    from skl2onnx import to_onnx

    graph = to_onnx(model, np.zeros((1, FEATURES), np.float32), options={"zipmap": False})
    (directory / f"{name}.onnx").write_bytes(graph.SerializeToString())


def export_lleaves(name, model, directory):
    import lleaves

    lleaves.Model(model_file=str(directory / "lightgbm.txt")).compile(cache=str(directory / "lightgbm.lleaves"))


EXPORTS = {
    "forest": {"onnxruntime": export_onnx, "treelite": export_treelite, "tl2cgen": export_tl2cgen},
    "xgboost": {"treelite": export_treelite, "tl2cgen": export_tl2cgen},
    "lightgbm": {"lleaves": export_lleaves, "treelite": export_treelite, "tl2cgen": export_tl2cgen},
}


def main(directory, trees):
    x, y = make_classification(
        TRAINING_ROWS + ROWS, FEATURES, n_informative=20, n_redundant=5, flip_y=0.1, random_state=SEED
    )
    x[TRAINING_ROWS:].astype("<f8").tofile(directory / "rows.f64")
    errors = {}
    for name, exports in EXPORTS.items():
        model = train(name, trees, x[:TRAINING_ROWS], y[:TRAINING_ROWS])
        (directory / f"{name}.pkl").write_bytes(pickle.dumps(model))
        if name == "lightgbm":
            model.booster_.save_model(directory / "lightgbm.txt")
        for contender, export in exports.items():
            print(f"{name} for {contender}", flush=True)
            try:
                export(name, model, directory)
            except Exception as error:  # whatever one library cannot do, the others are still measured
                errors[f"{name} {contender}"] = f"{type(error).__name__}: {error}"
    (directory / "errors.json").write_text(json.dumps(errors, indent=1))


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]))
