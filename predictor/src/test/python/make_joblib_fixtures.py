"""Writes ../resources/joblib: the same arrays as several releases of joblib write them, and what they hold.

Run by make_joblib_fixtures.sh, once with each release on the path.
"""

import json
import pathlib
import shutil
import sys
import tempfile

import numpy as np

TARGET = pathlib.Path(__file__).parent.parent / "resources" / "joblib"

ARRAYS = {
    "float64": np.arange(6.0).reshape(2, 3) / 4,
    "fortran": np.asfortranarray(np.arange(6, dtype=np.int32).reshape(3, 2)),
    "cube": np.arange(24, dtype=np.int64).reshape(2, 3, 4).transpose(2, 0, 1),
    "float32": np.array([1.5, -2.25], dtype=np.float32),
    "big_endian": np.array([1, 256, -3], dtype=">i2"),
    "boolean": np.array([True, False, True]),
    "text": np.array(["delayed", "", "Ñuñoa"]),
    "bytes": np.array([b"ab", b"c"]),
    "objects": np.array(["b", 3, None, True, 2.5], dtype=object),
    "table": np.array([["x", "y"], ["z", None]], dtype=object),
    "none": np.zeros((0, 3)),
    "single": np.array(7.5),
    "unsigned": np.arange(200, dtype=np.uint8),
}


def joblib_inside_scikit_learn():
    """The path of joblib before scikit-learn 0.23: sklearn.externals.joblib."""
    import joblib

    folder = pathlib.Path(tempfile.mkdtemp())
    inside = folder / "sklearn" / "externals"
    inside.mkdir(parents=True)
    for package in (inside.parent, inside):
        (package / "__init__.py").write_text("")
    shutil.copytree(pathlib.Path(joblib.__file__).parent, inside / "joblib")
    sys.path.insert(0, str(folder))
    import sklearn.externals.joblib

    return sklearn.externals.joblib


def plain(value):
    return value.decode() if isinstance(value, bytes) else value


def main():
    import joblib

    TARGET.mkdir(exist_ok=True)
    release = joblib.__version__
    for protocol in (2, 4, 5):
        if release.startswith("0.9"):
            if protocol == 4:
                joblib.dump(ARRAYS, str(TARGET / f"{release}-zfile.joblib"), compress=3, protocol=protocol)
                name = TARGET / f"{release}-files.joblib"
                joblib.dump(ARRAYS, str(name), protocol=protocol)
                for other in TARGET.glob(name.name + "_*"):
                    other.unlink()
        else:
            joblib.dump(ARRAYS, str(TARGET / f"{release}-p{protocol}.joblib"), protocol=protocol)
    if release.startswith("1.6"):
        for compression in ("zlib", "gzip", "bz2", "lzma", "xz", "lz4"):
            joblib.dump(ARRAYS, str(TARGET / f"{release}-{compression}.joblib"), compress=(compression, 3))
        values = {name: [plain(v) for v in array.ravel().tolist()] for name, array in ARRAYS.items()}
        expected = {name: {"shape": list(array.shape), "values": values[name]} for name, array in ARRAYS.items()}
        (TARGET / "expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n")
    if release.startswith("0.11"):
        joblib_inside_scikit_learn().dump(ARRAYS, str(TARGET / f"{release}-sklearn.joblib"), protocol=4)
        joblib.dump(ARRAYS, str(TARGET / f"{release}-gzip.joblib"), compress=("gzip", 3))


if __name__ == "__main__":
    main()
