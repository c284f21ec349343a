"""Writes values.p0.pkl to values.p5.pkl: the same values in every pickle protocol.

Run by hand in this folder with Python 3.8 or newer: python3 make.py
"""

import pickle

shared = ["shared"]

VALUES = {
    "none": None,
    "booleans": [True, False],
    "integers": [0, 1, -1, 255, 256, 65535, 65536, -(2**31), 2**31, 2**63 - 1, -(2**63)],
    "large integers": [2**63, -(2**63) - 1, 2**127 + 12345],
    "floats": [0.0, -0.0, 1.5, 1e-300, 1.7976931348623157e308, float("inf"), float("-inf")],
    "texts": ["", "plain", "back\\slash \\u0041 \\", "two\nlines\r\t\0\x1a'\"", "é€😀", "x" * 300],
    "bytes": [b"", b"\x00\xff\n\\", bytes(range(256)), b"y" * 70000],
    "bytearrays": [bytearray(), bytearray(b"\x00\xff")],
    "tuples": [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)],
    "shared": (shared, shared),
    "keys": {"a": 1, 1: "one", 2.5: "float", False: "no", None: "none", 2**70: "large"},
    "many": list(range(2500)),
}

for protocol in range(6):
    with open(f"values.p{protocol}.pkl", "wb") as file:
        pickle.dump(VALUES, file, protocol=protocol)
