#!/usr/bin/env python3
"""Writes ../resources/hostile: files made to harm whoever reads a pickle, and what each must be refused for.

Every opcode is written by hand: nothing is pickled, unpickled or executed here. Needs no package.

  python3 make_hostile_files.py

manifest.csv has a line for each file: its name, the class of the attack, the attack, and the reasons that a reader may refuse it with ("loads" for the
controls, which are sound). A file that would be large is a recipe: a line with a compression or "plain", then lines with how often which bytes follow.
"""

import bz2
import csv
import gzip
import lzma
import pathlib
import shutil
import struct
import zlib

TARGET = pathlib.Path(__file__).parent.parent / "resources" / "hostile"
MANIFEST = []
MARK, STOP, NONE, TRUE, FALSE, MEMO = b"(", b".", b"N", b"\x88", b"\x89", b"\x94"
EVIL = [("os", "system"), ("subprocess", "Popen"), ("builtins", "eval")]
ARGUMENT = {"os": "echo pwned", "subprocess": "id", "builtins": "1+1"}


def add(kind, attack, reasons, content):
    """One more file of an attack."""
    count = sum(1 for line in MANIFEST if line[1:3] == [kind, attack]) + 1
    path = TARGET / kind / f"{attack}-{count}.{'recipe' if isinstance(content, str) else 'pkl'}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    MANIFEST.append([path.relative_to(TARGET).as_posix(), kind, attack, reasons])


def recipe(compression, *parts):
    """Parts are (times, bytes)."""
    return "\n".join([compression, *(f"{times} {part.hex()}" for times, part in parts)]) + "\n"


# -- Opcodes ---------------------------------------------------------------------------------------


def text(value):
    utf8 = value.encode() if isinstance(value, str) else value
    return b"\x8c" + bytes([len(utf8)]) + utf8 if len(utf8) < 256 else b"X" + struct.pack("<I", len(utf8)) + utf8


def raw(value):
    return b"C" + bytes([len(value)]) + value if len(value) < 256 else b"B" + struct.pack("<I", len(value)) + value


def integer(value):
    if 0 <= value < 256:
        return b"K" + bytes([value])
    size = value.bit_length() // 8 + 1
    return b"\x8a" + bytes([size]) + value.to_bytes(size, "little", signed=True)


def real(value):
    return b"G" + struct.pack(">d", value)


def tuple_of(*items):
    return MARK + b"".join(items) + b"t"


def list_of(*items):
    return b"](" + b"".join(items) + b"e"


def get(index):
    return b"h" + bytes([index]) if index < 256 else b"j" + struct.pack("<I", index)


def named(module, name):
    return text(module) + text(name) + b"\x93"


def pickle(*parts, protocol=4):
    return b"\x80" + bytes([protocol]) + b"".join(parts) + STOP


def instance(module, name, attributes):
    pairs = b"".join(text(key) + value for key, value in attributes)
    return named(module, name) + b")\x81}(" + pairs + b"ub"


# -- NumPy -----------------------------------------------------------------------------------------


def dtype(code, order="<", names=NONE, fields=NONE, size=None):
    if size is None:
        size = {"V": 1, "S": 1, "U": 4}.get(code[0], 0) * int(code[1:] or 0) or -1
    made = named("numpy", "dtype") + tuple_of(text(code), FALSE, TRUE) + b"R"
    return made + tuple_of(integer(3), text(order), NONE, names, fields, integer(size), integer(-1), integer(0)) + b"b"


def unbuilt(core="numpy._core"):
    return named(core + ".multiarray", "_reconstruct") + named("numpy", "ndarray") + tuple_of(integer(0)) + raw(b"b") + b"\x87R"


def array_of(code, shape, data, core="numpy._core", of=None):
    state = tuple_of(integer(1), tuple_of(*map(integer, shape)), of or dtype(code), FALSE, data)
    return unbuilt(core) + state + b"b"


def doubles(*values, shape=None, core="numpy._core"):
    return array_of("f8", shape or [len(values)], raw(struct.pack(f"<{len(values)}d", *values)), core)


def integers(*values, core="numpy._core"):
    return array_of("i8", [len(values)], raw(struct.pack(f"<{len(values)}q", *values)), core)


NODE = [("left_child", "i8"), ("right_child", "i8"), ("feature", "i8"), ("threshold", "f8"), ("impurity", "f8"), ("n_node_samples", "i8"),
        ("weighted_n_node_samples", "f8"), ("missing_go_to_left", "u1")]


def node_fields(**offsets):
    fields = b"}("
    for index, (name, code) in enumerate(NODE):
        order = "|" if code == "u1" else "<"
        fields += text(name) + tuple_of(dtype(code, order), integer(offsets.get(name, 8 * index)))
    return fields + b"u"


def node_dtype(**offsets):
    return dtype("V64", "|", tuple_of(*(text(name) for name, _ in NODE)), node_fields(**offsets))


def node(left, right, feature=-2, threshold=-2.0):
    return struct.pack("<qqqddqdB7x", left, right, feature, threshold, 0.0, 10, 10.0, 0)


# -- Sound models, which the others are made of ----------------------------------------------------


def logistic(changes=(), without=(), core="numpy._core", extra=()):
    attributes = dict(
        classes_=integers(0, 1, core=core), coef_=doubles(0.5, -0.25, shape=[1, 2], core=core), intercept_=doubles(0.125, core=core))
    attributes.update(changes)
    for name in without:
        del attributes[name]
    return instance("sklearn.linear_model._logistic", "LogisticRegression", [*attributes.items(), *extra])


def tree_state(nodes, features=2, values=None, of=None, outputs=1):
    data = b"".join(nodes)
    count = len(data) // 64
    values = values if values is not None else [float(i) for i in range(count)]
    arguments = tuple_of(integer(features), integers(1), integer(outputs))
    state = b"}(" + text("max_depth") + integer(2) + text("node_count") + integer(count)
    state += text("nodes") + array_of("V64", [count], raw(data), of=of or node_dtype())
    state += text("values") + doubles(*values, shape=[count, 1, 1]) + b"u"
    return named("sklearn.tree._tree", "Tree") + arguments + b"R" + state + b"b"


SPLIT = [node(1, 2, 0, 0.5), node(-1, -1), node(-1, -1)]


def tree(nodes=SPLIT, **more):
    return instance("sklearn.tree._classes", "DecisionTreeRegressor", [("tree_", tree_state(nodes, **more))])


def deep_tree(depth):
    nodes = []
    for level in range(depth):
        nodes += [node(2 * level + 1, 2 * level + 2, level % 2, level + 0.5), node(-1, -1)]
    # A right child stands behind the left one, which is a leaf.
    return tree([nodes[0]] + [n for level in range(1, depth) for n in (node(-1, -1), nodes[2 * level])] + [node(-1, -1), node(-1, -1)])


def forest(*trees, name="RandomForestRegressor"):
    return instance("sklearn.ensemble._forest", name, [("estimators_", list_of(*trees))])


def voting(*models):
    return instance("sklearn.ensemble._voting", "VotingRegressor", [("estimators_", list_of(*models))])


LIGHTGBM = """tree
version=v4
num_class=1
num_tree_per_iteration=1
label_index=0
max_feature_idx=1
objective=regression
feature_names=wind rain
feature_infos=[0:1] [0:1]
tree_sizes={size}

{tree}end of trees
"""
LIGHTGBM_TREE = """Tree=0
num_leaves=3
num_cat=0
split_feature=0 1
threshold=0.5 1.25
decision_type=2 2
left_child=1 -1
right_child=-2 -3
leaf_value=1 2 4
shrinkage=1

"""


def lightgbm(old="", new="", size=None):
    changed = LIGHTGBM_TREE.replace(old, new) if old in LIGHTGBM_TREE else LIGHTGBM_TREE
    whole = LIGHTGBM.format(size=size or len(changed), tree=changed)
    whole = whole.replace(old, new) if old and old not in LIGHTGBM_TREE else whole
    assert not old or new in whole
    return pickle(instance("lightgbm.basic", "Booster", [("handle", text(whole))]))


def ub_length(value):
    return b"L" + struct.pack(">q", value)


def ubjson(value):
    match value:
        case dict():
            return b"{" + b"".join(ub_length(len(k)) + k.encode() + ubjson(v) for k, v in value.items()) + b"}"
        case bytes():
            return value
        case str():
            return b"S" + ub_length(len(value)) + value.encode()
        case list() if value and isinstance(value[0], dict):
            return b"[#" + ub_length(len(value)) + b"".join(map(ubjson, value))
        case list() if value and isinstance(value[0], float):
            return b"[$d#" + ub_length(len(value)) + struct.pack(f">{len(value)}f", *value)
        case list():
            return b"[$l#" + ub_length(len(value)) + struct.pack(f">{len(value)}i", *value)
        case int():
            return b"l" + struct.pack(">i", value)


def xgboost_document(tree_changes=(), model_changes=(), features=2):
    grown = dict(
        categories=[], categories_nodes=[], categories_segments=[], categories_sizes=[], default_left=[1, 0, 0], id=0, left_children=[1, -1, -1],
        right_children=[2, -1, -1], split_conditions=[0.5, 1.0, 2.0], split_indices=[0, 0, 0], split_type=[0, 0, 0],
        tree_param={"num_nodes": "3", "size_leaf_vector": "1"})
    grown.update(tree_changes)
    model = dict(gbtree_model_param={"num_parallel_tree": "1", "num_trees": "1"}, iteration_indptr=[0, 1], tree_info=[0], trees=[grown])
    model.update(model_changes)
    parameters = dict(base_score="[5E-1]", num_class="0", num_feature=str(features), num_target="1")
    learner = dict(
        attributes={}, feature_names=[], feature_types=[], gradient_booster={"name": "gbtree", "model": model}, learner_model_param=parameters,
        objective={"name": "reg:squarederror"})
    return {"learner": learner, "version": [3, 2, 0]}


def xgboost(handle):
    return pickle(instance("xgboost.core", "Booster", [("handle", raw(handle))]))


# -- The attacks -----------------------------------------------------------------------------------


def calls():
    for module, name in EVIL:
        evil, argument = named(module, name), text(ARGUMENT[module])
        line = f"{module}\n{name}\n".encode()
        refused = "GLOBAL_NOT_ALLOWED"
        add("calls", "reduce", refused, pickle(logistic({"C": evil + argument + b"\x85R"})))
        add("calls", "inst", "OPCODE_NOT_ALLOWED", pickle(logistic({"C": MARK + argument + b"i" + line})))
        add("calls", "obj", refused, pickle(logistic({"C": MARK + evil + argument + b"o"})))
        add("calls", "newobj", refused, pickle(logistic({"C": evil + argument + b"\x85\x81"})))
        add("calls", "newobj_ex", refused, pickle(logistic({"C": evil + argument + b"\x85}\x92"})))
        add("calls", "build", refused, pickle(logistic({"C": evil + b"}b"})))
        add("calls", "popped", refused, pickle(evil, b"0", logistic()))
        add("calls", "memoized", refused, pickle(evil, MEMO, b"0", logistic()))
        add("calls", "by-memo", refused, pickle(tuple_of(text(name), MEMO, text(module), MEMO, logistic({"C": get(1) + get(0) + b"\x93" + argument + b"\x85R"}))))
        add("calls", "by-lines", refused, b"(c" + line + argument + b"\x85Rt.")
        inner = pickle(evil, argument, b"\x85R")
        loads = {"os": ("pickle", "loads"), "subprocess": ("_pickle", "loads"), "builtins": ("joblib", "load")}[module]
        add("calls", "nested-pickle", refused, pickle(logistic({"C": named(*loads) + raw(inner) + b"\x85R"})))
        path = {"os": "__class__.__base__", "subprocess": "__init__.__globals__", "builtins": "system"}[module]
        chain = named("operator", "attrgetter") + text(path) + b"\x85R" + logistic() + b"\x85R"
        add("calls", "attrgetter", refused, pickle(chain))
    allowed_packages = {
        "numpy-f2py": [("numpy.f2py", "compile"), ("numpy.f2py.crackfortran", "myeval"), ("numpy.f2py.capi_maps", "load_f2cmap_file")],
        "numpy-testing": [("numpy.testing._private.utils", "runstring"), ("numpy.testing", "measure"), ("numpy.testing._private.extbuild", "build_and_import_extension")],
        "numpy-load": [("numpy", "load"), ("numpy.lib.npyio", "load"), ("numpy", "fromfile")],
        "numpy-memmap": [("numpy", "memmap"), ("numpy._core.memmap", "memmap"), ("numpy.core.memmap", "memmap")],
        "numpy-random": [("numpy.random", "RandomState"), ("numpy.random.mtrand", "RandomState"), ("numpy.random", "default_rng")],
        "joblib": [("joblib", "load"), ("joblib.memory", "Memory"), ("joblib.numpy_pickle", "NumpyUnpickler")],
        "sklearn-loaders": [("sklearn.datasets", "load_svmlight_file"), ("sklearn.datasets._base", "_fetch_remote"), ("sklearn.datasets", "fetch_openml")],
        "dotted": [("numpy", "dtype.__init__"), ("numpy", "f2py.compile"), ("sklearn.tree._tree", "Tree.__reduce__")],
        "look-alike": [("num\u0440y", "dtype"), ("numpy", "dtyp\u0435"), ("num\uff50y", "d\u200btype")],
        "space": [("numpy", "dtype "), (" numpy", "dtype"), ("numpy", "d type")],
        "nul": [("numpy", "dtype\0"), ("numpy\0", "dtype"), ("\0numpy", "dtype")],
        "case": [("numpy", "Dtype"), ("NUMPY", "dtype"), ("Sklearn.tree._tree", "Tree")],
    }
    for attack, names in allowed_packages.items():
        for module, name in names:
            called = named(module, name) + text("x") + b"\x85R"
            add("calls", attack, "GLOBAL_NOT_ALLOWED", pickle(logistic({"C": called})))
    add("calls", "in-array", "GLOBAL_NOT_ALLOWED", pickle(logistic({"classes_": array_of("O", [1], list_of(named("os", "system") + text("id") + b"\x85R"))})))
    add("calls", "in-array", "GLOBAL_NOT_ALLOWED", pickle(logistic({"coef_": array_of("f8", [1], named("builtins", "eval") + text("1") + b"\x85R")})))
    wrapper = instance("joblib.numpy_pickle", "NumpyArrayWrapper", [
        ("subclass", named("numpy", "ndarray")), ("shape", tuple_of(integer(1))), ("order", text("C")), ("dtype", dtype("O8", "|")),
        ("allow_mmap", FALSE), ("numpy_array_alignment_bytes", integer(16))])
    add("calls", "in-array", "GLOBAL_NOT_ALLOWED", pickle(logistic({"classes_": wrapper + pickle(named("os", "system"), text("id"), b"\x85R")})))


def inert():
    """Names of one's own may stand where nothing looks: these may not stand even there, or not so."""
    refused = "GLOBAL_NOT_ALLOWED"
    own = named("my_metrics", "cost")

    def search(extra, best=None):
        pairs = [("best_estimator_", best or logistic()), *extra]
        return pickle(instance("sklearn.model_selection._search", "GridSearchCV", pairs))

    for module, name in [
        ("os", "system"), ("posix", "system"), ("nt", "system"), ("subprocess", "Popen"), ("builtins", "eval"), ("builtins", "exec"), ("sys", "exit"),
        ("importlib", "import_module"), ("runpy", "run_path"), ("socket", "create_connection"), ("pty", "spawn"), ("shutil", "rmtree"), ("ctypes", "CDLL"),
        ("pickle", "loads"), ("marshal", "loads"), ("code", "interact"), ("__builtin__", "eval"), ("commands", "getoutput"), ("webbrowser", "open"),
        ("joblib", "load"), ("numpy", "load"), ("dill", "loads"), ("torch", "load"), ("pip", "main"), ("my_metrics", "__class__"), ("my metrics", "cost"),
        ("my_metrics.__globals__", "cost"), ("my_metrics", "os.system"),
    ]:
        add("inert", "not-ones-own", refused, search([("scoring", named(module, name))]))
    for place in ("scoring", "param_grid", "cv"):
        add("inert", "getattr", "CALL_NOT_ALLOWED", search([(place, named("builtins", "getattr"))]))
    for module, name in [("os", "system"), ("builtins", "eval"), ("subprocess", "call")]:
        partial = named("functools", "partial") + named(module, name) + b"\x85R" + tuple_of(named(module, name), b")", b"}", NONE) + b"b"
        add("inert", "partial-of-python", refused, search([("scoring", partial)]))
        add("inert", "in-a-grid", refused, search([("param_grid", b"}" + text("C") + list_of(named(module, name)) + b"s")]))
        add("inert", "object-of-python", refused, search([("scorer_", named(module, name) + b")\x81}b")]))
    for called in (own + text("id") + b"\x85R", own + b")R", own + tuple_of(own) + b"R"):
        add("inert", "called", refused, search([("scoring", called)]))
    for built in (own + b"}b", own + own + b"b", own + MEMO + b"}" + text("a") + integer(1) + b"sb"):
        add("inert", "built", refused, search([("scoring", built)]))
    for key in (own, own + MEMO, named("__main__", "cost")):
        add("inert", "key", refused, search([("scoring", b"}" + key + integer(1) + b"s")]))
    for elsewhere in ("classes_", "coef_", "max_iter", "solver"):
        add("inert", "other-attribute", refused, search([], logistic({elsewhere: own})))
    add("inert", "other-attribute", refused, search([("best_estimator_", own)], own))
    memoized = own + MEMO
    for shared in ([("scoring", memoized), ("verbose", get(0))], [("scoring", list_of(memoized)), ("n_jobs", get(0))], [("scoring", b"]" + MEMO + own + b"a"), ("verbose", get(0))]):
        add("inert", "shared", refused, search(shared, named("sklearn.linear_model._ridge", "Ridge") + b")\x81"))
    state = b"}" + MEMO + text("scoring") + own + b"s" + text("best_estimator_") + logistic() + b"s"
    searching = named("sklearn.model_selection._search", "GridSearchCV") + b")\x81" + state + b"b"
    add("inert", "shared-state", refused, pickle(tuple_of(searching, get(0))))
    add("inert", "shared-state", refused, pickle(list_of(searching, b"}" + text("a") + get(0) + b"s")))
    add("inert", "shared-state", refused, pickle(tuple_of(searching, named("sklearn.linear_model._ridge", "Ridge") + b")\x81" + get(0) + b"b")))
    for root in (own, list_of(own, logistic()), b"}" + text("model") + logistic() + b"s" + text("metric") + own + b"s"):
        add("inert", "beside-a-model", refused, pickle(root))
    argument = named("numpy", "dtype") + tuple_of(own) + b"R"
    ordered = named("collections", "OrderedDict") + tuple_of(list_of(tuple_of(text("a"), own))) + b"R"
    for given in (argument, named("collections", "defaultdict") + tuple_of(own) + b"R", named("sklearn.tree._tree", "Tree") + tuple_of(own, own, own) + b"R"):
        add("inert", "argument", refused, search([("scoring", given)]))
    add("inert", "argument", refused, search([("verbose", ordered)]))
    for one in (get(0) + b"\x85", b"}" + text("k") + get(0) + b"s", b"]" + get(0) + b"a"):
        add("inert", "everywhere", "BUDGET_EXCEEDED", recipe("plain", (1, b"\x80\x04(" + memoized), (300_000, one), (1, b"t.")))
    for one in (own, named("__main__", "cost"), text("a") + own + b"\x86"):
        add("inert", "named-again", "BUDGET_EXCEEDED", recipe("plain", (1, b"\x80\x04("), (200_000, one), (1, b"t.")))
    for popped in (own + b"0", own + MEMO + b"0", MARK + own + b"1"):
        add("inert", "popped", "OPCODE_NOT_ALLOWED", search([("verbose", popped + NONE)]))


def opcodes():
    refused = "OPCODE_NOT_ALLOWED"
    for attack, parts in {
        "persistent-id": [b"Pfile:///etc/passwd\n", text("https://example.org/x") + b"Q", integer(1) + b"Q"],
        "extension": [b"\x82\x01", b"\x83\x01\x00", b"\x84\x01\x00\x00\x00"],
        "out-of-band": [b"\x97", raw(b"x") + b"\x98", b"\x97\x98"],
        "dup": [integer(1) + b"2\x86", b"]2\x86", list_of() + b"2222\x86"],
        "frozenset": [b"(\x91", b"(" + integer(1) + b"\x91", b"((\x91\x91"],
        "proto-inside": [b"\x80\x04N", b"\x80\x02N", b"N\x80\x05"],
    }.items():
        for part in parts:
            add("opcodes", attack, refused, pickle(logistic({"C": part}), protocol=5))
    # Sets are read, of texts.
    for items in [integer(1), b"N", b")"]:
        add("opcodes", "set-of-others", "STATE_INVALID", pickle(logistic({"C": b"\x8f(" + items + b"\x90"}), protocol=5))
    for protocol in (6, 7, 255):
        add("opcodes", "proto-above-5", refused, pickle(logistic(), protocol=protocol))


def lengths():
    numbers = {1: [255, 127, 64], 4: [-1, 2**31 - 1, -(2**31), 64], 8: [-1, 2**31 - 1, 2**32 - 1, -(2**63)]}
    for attack, opcode, width, reason in [
        ("binstring", b"T", 4, "LENGTH_EXCEEDED"), ("short-binstring", b"U", 1, "LENGTH_EXCEEDED"), ("binunicode", b"X", 4, "LENGTH_EXCEEDED"),
        ("short-binunicode", b"\x8c", 1, "LENGTH_EXCEEDED"), ("binunicode8", b"\x8d", 8, "OPCODE_NOT_ALLOWED"), ("binbytes", b"B", 4, "LENGTH_EXCEEDED"),
        ("short-binbytes", b"C", 1, "LENGTH_EXCEEDED"), ("binbytes8", b"\x8e", 8, "OPCODE_NOT_ALLOWED"), ("bytearray8", b"\x96", 8, "LENGTH_EXCEEDED"),
        ("long1", b"\x8a", 1, "LENGTH_EXCEEDED"), ("long4", b"\x8b", 4, "OPCODE_NOT_ALLOWED"), ("frame", b"\x95", 8, "LENGTH_EXCEEDED"),
    ]:
        for number in numbers[width]:
            length = (number % 256**width).to_bytes(width, "little")
            add("lengths", attack, reason, b"\x80\x05" + opcode + length + b"abc")
    add("lengths", "frame-lies", "MALFORMED", b"\x80\x04\x95" + struct.pack("<q", 3) + text("longer than three") + STOP)
    add("lengths", "frame-lies", "MALFORMED", b"\x80\x04\x95" + struct.pack("<q", 12) + b"\x95" + struct.pack("<q", 3) + b"NNN.")
    add("lengths", "frame-lies", "LENGTH_EXCEEDED", b"\x80\x04\x95" + struct.pack("<q", 1 << 40) + logistic() + STOP)
    for opcode in (b"I", b"L", b"F", b"p", b"g"):
        add("lengths", "digits-without-end", "LENGTH_EXCEEDED", recipe("plain", (1, b"\x80\x02N" + opcode), (5_000_000, b"9"), (1, b"\n.")))


def complexity():
    budget = "BUDGET_EXCEEDED"

    def doubling(first, open_, between, close, levels):
        parts = [MARK, first, MEMO]
        for i in range(levels):
            parts += [open_, get(i), between, get(i), close, MEMO]
        return b"".join(parts) + b"t"

    add("complexity", "shared-values", budget, pickle(doubling(b"]", b"](", b"", b"e", 64)))
    add("complexity", "shared-values", budget, pickle(doubling(b")", b"", b"", b"\x86", 64)))
    add("complexity", "shared-values", budget, pickle(doubling(b"}", b"}" + text("a"), b"s" + text("b"), b"s", 64)))
    add("complexity", "shared-keys", "STATE_INVALID", pickle(doubling(text("k"), b"", b"", b"\x86", 40), b"}" + get(40) + b"Ns\x86"))
    add("complexity", "shared-keys", "MALFORMED", pickle(doubling(b"]", b"](", b"", b"e", 40), b"}" + get(40) + b"Ns\x86"))
    add("complexity", "shared-keys", "STATE_INVALID", pickle(b"}", doubling(text("k"), b"", b"", b"\x86", 20), NONE + b"s"))
    add("complexity", "key-in-itself", "MALFORMED", pickle(b"]" + MEMO + b"h\x00a}h\x00" + integer(1) + b"s"))
    add("complexity", "key-in-itself", "MALFORMED", pickle(b"}" + MEMO + b"h\x00Ns"))
    add("complexity", "key-in-itself", "STATE_INVALID", pickle(b"]" + MEMO + b"h\x00\x85" + MEMO + b"a}h\x01Ns\x86"))
    for one, many in ((b"]", b"a"), (b")", b"\x85"), (b"}N", b"s")):
        if one == b")":
            add("complexity", "nesting", budget, recipe("plain", (1, b"\x80\x04)"), (300_000, many), (1, STOP)))
        else:
            add("complexity", "nesting", budget, recipe("plain", (1, b"\x80\x04"), (300_000, one), (1, NONE if one != b"]" else one), (300_000, many), (1, STOP)))
    add("complexity", "memo-entries", budget, recipe("plain", (1, b"\x80\x04N"), (1_000_001, MEMO), (1, STOP)))
    add("complexity", "memo-entries", budget, pickle(b"Nr" + struct.pack("<I", 2**32 - 1)))
    add("complexity", "memo-entries", budget, pickle(b"Np4000000000\n"))
    for container in (b"]", b"}", b"N\x85"):
        add("complexity", "empty-containers", budget, recipe("plain", (1, b"\x80\x04("), (1_000_000, container), (1, b"t.")))
    for opened in (MARK, b"(N", b"(]"):
        add("complexity", "marks", budget + " MALFORMED", recipe("plain", (1, b"\x80\x04"), (2_000_000, opened), (1, b"N.")))
    add("complexity", "opcodes", budget, recipe("plain", (1, b"\x80\x04("), (3_000_000, NONE), (1, b"t.")))
    add("complexity", "opcodes", budget + " MALFORMED", recipe("plain", (1, b"\x80\x04"), (3_000_000, b"N"), (1, b".")))
    add("complexity", "opcodes", budget, recipe("plain", (1, b"\x80\x04("), (3_000_000, b")"), (1, b"t.")))
    big = b"B" + struct.pack("<I", 1 << 20)
    scalar = named("numpy._core.multiarray", "scalar")
    make = named("builtins", "bytearray")
    add("complexity", "copies", budget, recipe("plain", (1, b"\x80\x04("), (1, big), (1 << 20, b"x"), (1, MEMO), (10_000, get(0)), (1, b"t.")))
    add("complexity", "copies", budget + " CALL_NOT_ALLOWED", recipe("plain", (1, b"\x80\x04("), (1, big), (1 << 20, b"x"), (1, MEMO + scalar + MEMO + dtype("S8") + MEMO), (10_000, get(1) + get(2) + get(0) + b"\x86R"), (1, b"t.")))
    add("complexity", "copies", budget, recipe("plain", (1, b"\x80\x04("), (1, big), (1 << 20, b"x"), (1, MEMO + make + MEMO), (10_000, get(1) + get(0) + b"\x85R"), (1, b"t.")))
    mixed = b"".join((text(f"k{i}") if i % 2 else integer(i + 2)) + NONE for i in range(1200))
    add("complexity", "colliding-keys", budget, pickle(b"}(" + mixed + b"u"))
    # i << 32 | i has the hash 0 in Java: here as numbers of NumPy, and beside them as Python's.
    eight = dtype("i8")
    scalars = b"".join(get(0) + get(1) + raw(struct.pack("<q", i << 32 | i)) + b"\x86R" + MEMO for i in range(1, 600))
    plain = b"".join(integer(i << 32 | i) + MEMO for i in range(1, 600))
    keys = b"".join(get(2 + i) + NONE for i in range(2 * 599))
    add("complexity", "colliding-keys", budget, pickle(MARK + scalar + MEMO + eight + MEMO + scalars + plain + b"}(" + keys + b"ut"))
    keys = b"".join(get(2 + i) + NONE for i in range(100)) + b"".join(get(2 + 599 + i) + NONE for i in range(50))
    begin = b"\x80\x04(" + scalar + MEMO + eight + MEMO + scalars + plain
    add("complexity", "colliding-keys", budget, recipe("plain", (1, begin), (2000, b"}(" + keys + b"u"), (1, b"t.")))
    strings = b"".join(text("".join(("Aa", "BB")[i >> bit & 1] for bit in range(10))) + MEMO for i in range(1024))
    keys = b"".join(get(i) + NONE for i in range(1024)) + integer(1) + NONE
    add("complexity", "colliding-keys", budget, pickle(MARK + strings + b"}(" + keys + b"ut"))


def malformed():
    wrong = "MALFORMED"
    for attack, parts in {
        "no-mark": [b"t", b"Ne", NONE + NONE + b"u", b"l", b"d"],
        "empty-stack": [b"R", b"b", b"\x85", b"a", b"s", b"\x81", b"\x93", MEMO],
        "setitems-of": [integer(1) + MARK + NONE + NONE + b"u", text("x") + MARK + NONE + NONE + b"u", b"]" + MARK + NONE + NONE + b"u", b")NNs"],
        "append-to": [b"}Na", b")Na", NONE + NONE + b"a", text("x") + MARK + NONE + b"e"],
        "build-of": [NONE + b"}b", b"]}b", b"}}b", text("x") + b"}b", integer(1) + b"}b"],
        "reduce-of": [NONE + b")R", b"])R", text("os.system") + b")R", named("numpy", "dtype") + NONE + b"R", named("numpy", "dtype") + b"]R"],
        "unset-memo": [get(0), get(70_000), b"g7\n", NONE + MEMO + get(1)],
        "utf-8": [text(b"\xff"), text(b"\xc0\x80"), text(b"\xed\xa0\x80"), text(b"\xf4\x90\x80\x80"), b"X" + struct.pack("<I", 3) + b"\xe2\x82A"],
        "no-such-opcode": [b"\xff", b"\x00", b"\x9a"],
        "half-a-pair": [b"}(Nu", b"(NNNd", b"}(" + text("a") + b"u"],
    }.items():
        for part in parts:
            # A value under it would be taken for what is missing.
            whole = pickle(part) if attack in ("no-mark", "empty-stack") else pickle(MARK, part, b"t")
            add("malformed", attack, wrong, whole)
    sound = pickle(logistic())
    for cut in (2, len(sound) // 2, len(sound) - 1):
        add("malformed", "cut-short", wrong + " LENGTH_EXCEEDED", sound[:cut])
    for more in (sound, b"\0", b"\n", b"<html>"):
        add("malformed", "after-stop", "TRAILING_DATA", sound + more)
    for left in (NONE, b"(", MARK + NONE):
        add("malformed", "left-on-the-stack", wrong, pickle(left, logistic()))


def arrays():
    eight = struct.pack("<d", 1.0)

    def coef(shape, data=eight, code="f8"):
        return pickle(logistic({"coef_": array_of(code, shape, raw(data))}))

    state = "STATE_INVALID"
    for shape in ([1, 3], [1000, 1000], [2**31 - 1]):
        add("arrays", "shape-too-big", state, coef(shape, eight * 2))
    for shape in ([1, 1], [1], []):
        add("arrays", "shape-too-small", state, coef(shape, eight * 2))
    for shape in ([-1, 2], [1, -2], [-1, -2]):
        add("arrays", "shape-negative", state, coef(shape, eight * 2))
    for shape in ([65536, 65536], [2**16 + 1, 2**16], [2**31, 2]):
        add("arrays", "overflow-32", state, coef(shape, eight * 2))
    for shape in ([2**32, 2**32], [2**33, 2**31], [2**62, 4], [2**64 + 2], [2**31 - 1, 2**31 - 1, 2**31 - 1]):
        add("arrays", "overflow-64", state, coef(shape, eight * 2))
    for shape in ([0, 2**31 - 1], [2**31 - 1, 0], [0, 2**31 - 1, 2**31 - 1], [1, 2**31 - 1, 0]):
        add("arrays", "empty-but-wide", state, coef(shape, b""))
    for code in ("S0", "U0", "V0"):
        add("arrays", "zero-size-items", f"{state} CALL_NOT_ALLOWED", coef([2**31 - 1], b"", code))
    for item in (logistic(), list_of(integer(1)), b"}", named("numpy", "dtype")):
        changed = {"classes_": array_of("O", [2], list_of(item, item), of=dtype("O8", "|"))}
        add("arrays", "objects", f"{state} MODEL_INVALID", pickle(logistic(changed)))
    for data in (raw(struct.pack("<qq", 4096, 8192)), NONE, integer(1 << 40)):
        add("arrays", "objects-as-addresses", state, pickle(logistic({"classes_": array_of("O", [2], data, of=dtype("O8", "|"))})))
    for changed in ({"feature": 8}, {"threshold": 20}, {"missing_go_to_left": 0}):
        add("arrays", "fields-overlap", state, pickle(tree(of=node_dtype(**changed))))
    for changed in ({"threshold": 60}, {"left_child": 2**31 - 1}, {"missing_go_to_left": 64}, {"feature": -8}):
        add("arrays", "fields-leave", state, pickle(tree(of=node_dtype(**changed))))
    built = doubles(0.5, -0.25, shape=[1, 2])
    again = tuple_of(integer(1), tuple_of(integer(1), integer(2)), dtype("f8"), FALSE, raw(eight * 2)) + b"b"
    add("arrays", "built-twice", state, pickle(logistic({"coef_": built + again})))
    add("arrays", "built-twice", state, pickle(logistic({"coef_": built + MEMO}, extra=[("C", get(0) + again)])))
    add("arrays", "built-twice", state, pickle(logistic({"coef_": array_of("f8", [1, 2], raw(eight * 2), of=dtype("f8") + tuple_of(integer(3), text(">"), NONE, NONE, NONE, integer(-1), integer(-1), integer(0)) + b"b")})))
    add("arrays", "never-built", state, pickle(logistic({"coef_": unbuilt()})))
    add("arrays", "never-built", state, pickle(logistic({"classes_": unbuilt()})))
    add("arrays", "never-built", state, pickle(tree(of=named("numpy", "dtype") + tuple_of(text("V64"), FALSE, TRUE) + b"R")))
    for code, size in (("V64", 56), ("V64", 72), ("V64", -1)):
        changed = dtype(code, "|", tuple_of(*(text(name) for name, _ in NODE)), node_fields(), size)
        add("arrays", "size-and-fields-disagree", state, pickle(tree(of=changed)))
    for names in (NODE[:4], [*NODE, ("again", "f8")]):
        changed = dtype("V64", "|", tuple_of(*(text(name) for name, _ in names)), node_fields())
        add("arrays", "size-and-fields-disagree", state, pickle(tree(of=changed)))
    for code, size in (("U1", 8), ("S2", 1), ("f8", 4)):
        add("arrays", "size-lies", state, pickle(logistic({"classes_": array_of(code, [1], raw(eight), of=dtype(code, size=size))})))
    weights = [real(0.5), real(-0.25)]
    for numbers in (weights, [integer(1), integer(2)], [TRUE, FALSE]):
        add("arrays", "numbers-as-objects", state, pickle(logistic({"coef_": array_of("O", [1, 2], list_of(*numbers), of=dtype("O8", "|"))})))
    for key in ("__class__", "__dict__", "__setstate__"):
        add("models", "class-in-state", state, pickle(logistic(extra=[(key, named("sklearn.linear_model._ridge", "Ridge"))])))
    listed = list_of(integer(0), integer(1)) + MEMO
    for more in (list_of(integer(2)), b"}", integer(7)):
        grown = array_of("O", [2], listed, of=dtype("O8", "|"))
        add("arrays", "list-grows-later", "STATE_INVALID", pickle(logistic({"classes_": grown}, extra=[("C", get(0) + more + b"a")])))


def models():
    invalid = "MODEL_INVALID"
    for value in (float("nan"), float("inf"), float("-inf")):
        add("models", "not-finite", invalid, pickle(logistic({"coef_": doubles(1.0, value, shape=[1, 2])})))
        add("models", "not-finite", invalid, pickle(tree(values=[0.0, value, 1.0])))
        add("models", "not-finite", invalid, xgboost(ubjson(xgboost_document({"split_conditions": [0.5, value, 2.0]}))))
        add("models", "not-finite", invalid, lightgbm("leaf_value=1", f"leaf_value={value}"))
    for name in ("coef_", "classes_", "intercept_"):
        add("models", "missing-attribute", "STATE_INVALID", pickle(logistic(without=[name])))
        add("models", "doubled-attribute", "STATE_INVALID", pickle(logistic(extra=[(name, doubles(1.0))])))
    for classes in (integers(0), integers(7), array_of("b1", [1], raw(b"\1"), of=dtype("b1", "|"))):
        add("models", "one-class", invalid, pickle(logistic({"classes_": classes})))
    for cycle in ([node(0, 2, 0, 0.5), *SPLIT[1:]], [SPLIT[0], node(0, 2, 0, 0.5), SPLIT[2]], [node(1, 1, 0, 0.5), *SPLIT[1:]], [node(2, 1, 0, 0.5), node(2, 2, 0, 0.5), node(1, 1, 0, 0.5)]):
        add("models", "cycle", invalid, pickle(forest(tree(cycle))))
    for children in ([0, -1, -1], [2, -1, -1]):
        add("models", "cycle", invalid, xgboost(ubjson(xgboost_document({"left_children": children}))))
    add("models", "cycle", invalid, lightgbm("left_child=1 -1", "left_child=1 0"))
    for outside in ([node(1, 3, 0, 0.5), *SPLIT[1:]], [node(-5, 2, 0, 0.5), *SPLIT[1:]], [node(1, 2**31 - 1, 0, 0.5), *SPLIT[1:]], [node(-1, 2, 0, 0.5), *SPLIT[1:]]):
        add("models", "child-outside", invalid, pickle(tree(outside)))
    add("models", "child-outside", invalid, xgboost(ubjson(xgboost_document({"right_children": [2**31 - 1, -1, -1]}))))
    add("models", "child-outside", invalid, lightgbm("right_child=-2 -3", "right_child=-2 -9"))
    for feature in (2, -1, 2**31 - 1):
        add("models", "feature-outside", invalid, pickle(tree([node(1, 2, feature, 0.5), *SPLIT[1:]])))
        add("models", "feature-outside", invalid, xgboost(ubjson(xgboost_document({"split_indices": [feature, 0, 0]}))))
    for feature in (2**31, 2**40, -(2**63)):
        add("models", "feature-outside", "STATE_INVALID", pickle(tree([node(1, 2, feature, 0.5), *SPLIT[1:]])))
    itself = "STATE_INVALID"
    add("models", "contains-itself", itself, pickle(named("sklearn.ensemble._forest", "RandomForestRegressor") + b")\x81" + MEMO + b"}(" + text("estimators_") + list_of(get(0)) + b"ub"))
    add("models", "contains-itself", itself, pickle(named("sklearn.pipeline", "Pipeline") + b")\x81" + MEMO + b"}(" + text("steps") + list_of(tuple_of(text("a"), get(0))) + b"ub"))
    add("models", "contains-itself", itself, pickle(named("sklearn.ensemble._voting", "VotingRegressor") + b")\x81" + MEMO + b"}(" + text("estimators_") + list_of(tree(), get(0)) + b"ub"))
    for old, new in (
        ("num_leaves=3", "num_leaves=300000000"), ("num_leaves=3", "num_leaves=2147483647"), ("num_leaves=3", "num_leaves=-1"), ("num_leaves=3", "num_leaves=4"),
        ("num_cat=0", "num_cat=100000000"), ("max_feature_idx=1", "max_feature_idx=2147483646"), ("max_feature_idx=1", "max_feature_idx=7"),
        ("num_class=1", "num_class=100000"), ("num_tree_per_iteration=1", "num_tree_per_iteration=99999"), ("shrinkage=1", "is_linear=1\nleaf_const=1 2 4\nnum_features=2 2 2\nleaf_features=0\nleaf_coeff=1"),
    ):
        add("models", "lightgbm-lies", f"{invalid} UNSUPPORTED", lightgbm(old, new))
    for size in (1, 2**31 - 1, 10**12):
        add("models", "lightgbm-lies", invalid, lightgbm(size=size))
    typed = b"[$l#"
    for count in (2**31 - 1, 2**32, 2**62, -1, -(2**63)):
        add("models", "xgboost-lies", "LENGTH_EXCEEDED", xgboost(ubjson(xgboost_document({"left_children": typed + ub_length(count)}))))
    add("models", "xgboost-lies", "LENGTH_EXCEEDED", xgboost(ubjson(xgboost_document(model_changes={"trees": b"[#" + ub_length(2**40)}))))
    add("models", "xgboost-lies", "LENGTH_EXCEEDED", xgboost(b"{" + ub_length(2**31 - 1) + b"Model"))
    add("models", "xgboost-lies", "LENGTH_EXCEEDED MALFORMED", xgboost(b"{" + ub_length(5) + b"Model[$Z#" + ub_length(2**31 - 1) + b"}"))
    add("models", "xgboost-lies", "LENGTH_EXCEEDED", xgboost(b"CONFIG-offset:" + struct.pack("<q", 1 << 40) + b"binf"))
    for features in (0, 1_000_001, 999_999_999):
        add("models", "xgboost-lies", invalid, xgboost(ubjson(xgboost_document(features=features))))
    binary = struct.pack("<fIiiiII", 0.5, 2, 0, 0, 0, 0, 0) + bytes(108) + struct.pack("<q", 10) + b"reg:linear" + struct.pack("<q", 6) + b"gbtree"
    for count in (2**31 - 1, -1, 1000):
        add("models", "xgboost-binary-lies", "LENGTH_EXCEEDED", xgboost(b"binf" + binary + struct.pack("<iiiiqii", count, 1, 2, 0, 0, 1, 0) + bytes(128)))
    for depth in (10_000, 100_000, 1_000_000):
        handle = b'{"a":' + b"[" * depth
        content = b"\x80\x04" + named("xgboost.core", "Booster") + b")\x81}" + text("handle") + b"B" + struct.pack("<I", 5 + depth)
        add("models", "xgboost-nesting", "BUDGET_EXCEEDED MALFORMED", recipe("plain", (1, content + handle[:5]), (depth, b"["), (1, b"sb.")))


def widths():
    """What small files say of their size that no array of theirs shows, and large parts that many share."""
    leaf = [node(-1, -1)]
    refused = "MODEL_INVALID BUDGET_EXCEEDED"
    for features in (2**31 - 1, 2**30, 100_000_000):
        add("widths", "features-without-end", refused, pickle(tree(leaf, features=features)))
        dummy = instance("sklearn.dummy", "DummyRegressor", [("n_features_in_", integer(features)), ("constant_", doubles(1.0, shape=[1, 1]))])
        add("widths", "features-without-end", refused, pickle(dummy))
    wide = instance("xgboost.core", "Booster", [("handle", raw(ubjson(xgboost_document(features=1_000_000))))])
    flat = tree(leaf, features=1_000_000)
    dummy = instance("sklearn.dummy", "DummyRegressor", [("n_features_in_", integer(1_000_000)), ("constant_", doubles(1.0, shape=[1, 1]))])
    for model in (wide, flat, dummy):
        shared = b"\x80\x04" + named("sklearn.ensemble._voting", "VotingRegressor") + b")\x81}" + text("estimators_") + b"](" + model + MEMO
        add("widths", "wide-model-shared", "BUDGET_EXCEEDED", recipe("plain", (1, shared), (4000, get(0)), (1, b"esb.")))
    products = instance("sklearn.preprocessing._polynomial", "PolynomialFeatures", [("n_features_in_", integer(1_000_000)), ("degree", integer(1)), ("include_bias", FALSE)])
    combinations = instance("sklearn.preprocessing._polynomial", "PolynomialFeatures", [("n_features_in_", integer(1000)), ("degree", integer(64))])
    scaler = instance("sklearn.preprocessing._data", "Normalizer", [("n_features_in_", integer(1_000_000)), ("norm", text("l2"))])
    for step in (products, combinations, scaler):
        begin = b"\x80\x04" + named("sklearn.pipeline", "Pipeline") + b")\x81}" + text("steps") + b"](" + text("a") + step + MEMO + b"\x86"
        add("widths", "wide-step-shared", "BUDGET_EXCEEDED", recipe("plain", (1, begin), (4000, text("a") + get(0) + b"\x86"), (1, text("b") + logistic() + b"\x86esb.")))
    refused = "MODEL_INVALID BUDGET_EXCEEDED"
    million = text("n_features_in_") + integer(1_000_000) + b"s"
    all_columns = named("builtins", "slice") + tuple_of(NONE, NONE, NONE) + b"R"
    end = text("b") + logistic() + b"\x86esb."
    for times in (50, 500, 5000):
        begin = b"\x80\x04" + named("sklearn.pipeline", "Pipeline") + b")\x81}" + text("steps") + b"](" + text("a")
        begin += named("sklearn.compose._column_transformer", "ColumnTransformer") + b")\x81}" + million + text("transformers_") + b"]("
        begin += tuple_of(text("p"), text("passthrough"), all_columns) + MEMO
        add("widths", "passing-columns", refused, recipe("plain", (1, begin), (times, get(0)), (1, b"esb\x86" + end)))
        begin = b"\x80\x04" + named("sklearn.pipeline", "Pipeline") + b")\x81}" + text("steps") + b"](" + text("a")
        begin += named("sklearn.pipeline", "FeatureUnion") + b")\x81}" + text("transformer_list") + b"](" + text("n") + scaler + b"\x86"
        begin += text("p") + text("passthrough") + b"\x86" + MEMO
        add("widths", "passing-columns", refused, recipe("plain", (1, begin), (times, get(0)), (1, b"esb\x86" + end)))
    for times in (10, 20, 30):
        count = 30_000
        labels = array_of("i4", [count], raw(struct.pack(f"<{count}i", *range(count))))
        prior = array_of("f8", [count], raw(struct.pack("<d", 1.0) + bytes(8 * count - 8)))
        one = instance("sklearn.dummy", "DummyClassifier", [
            ("classes_", labels + MEMO), ("class_prior_", prior), ("n_features_in_", integer(1)), ("strategy", text("prior"))]) + MEMO
        boosted = instance("sklearn.ensemble._weight_boosting", "AdaBoostClassifier", [
            ("estimators_", list_of(one, *[get(1)] * (times - 1))), ("estimator_weights_", doubles(*[1.0] * times)), ("classes_", get(0))])
        # Sound, and looked up label by label in all of them.
        add("widths", "many-labels", "loads BUDGET_EXCEEDED", gzip.compress(pickle(boosted), mtime=0))
    letters = array_of("U1", [8000], b"B" + struct.pack("<I", 32_000) + b"".join(struct.pack("<I", 0x4E00 + i) for i in range(8000)))
    encoder = named("sklearn.preprocessing._encoders", "OneHotEncoder") + b")\x81}(" + text("categories_") + b"](" + letters + MEMO
    begin = b"\x80\x04" + named("sklearn.pipeline", "Pipeline") + b")\x81}" + text("steps") + b"](" + text("a") + encoder
    end = b"eub\x86" + text("b") + logistic() + b"\x86esb."
    for times in (50, 250, 700):
        add("widths", "large-array-shared", "BUDGET_EXCEEDED MODEL_INVALID STATE_INVALID", recipe("plain", (1, begin), (times, get(0)), (1, end)))
    for times in (20, 200, 800):
        big = lightgbm_of_leaves(1000)
        begin = b"\x80\x04" + named("sklearn.ensemble._voting", "VotingRegressor") + b")\x81}" + text("estimators_") + b"](" + big + MEMO
        add("widths", "large-model-shared", "loads BUDGET_EXCEEDED", recipe("gzip", (1, begin), (times, get(0)), (1, b"esb.")))
    for times in (1, 20, 170):
        shared = instance("joblib.numpy_pickle", "NumpyArrayWrapper", [
            ("subclass", named("numpy", "ndarray")), ("shape", tuple_of(integer(1))), ("order", text("C")), ("dtype", dtype("O8", "|")),
            ("allow_mmap", FALSE), ("numpy_array_alignment_bytes", integer(16))]) + arrays_of_one_list(9000, 1000)
        lists = recipe("plain", (1, b"\x80\x04("), (times, shared), (1, b"t."))
        add("widths", "list-shared-by-arrays", "BUDGET_EXCEEDED STATE_INVALID", lists)
    for each in (300, 500, 1400):
        level = b"](" + b"".join(NONE for _ in range(each)) + b"e" + MEMO
        nested = MARK + level + b"](" + get(0) * each + b"e" + MEMO + b"t"
        add("widths", "no-model-in-it", "UNSUPPORTED BUDGET_EXCEEDED", pickle(nested))


def large_array(code, shape, size):
    """Parts of a recipe for an array of zeros."""
    begin = unbuilt() + MARK + integer(1) + tuple_of(*map(integer, shape)) + dtype(code, "|" if code.endswith("1") else "<") + FALSE
    return [(1, begin + b"B" + struct.pack("<I", size)), (size, b"\0"), (1, b"tb")]


def vectorizer(name="HashingVectorizer", **changes):
    attributes = dict(
        input=text("content"), analyzer=text("char"), lowercase=TRUE, token_pattern=text(r"(?u)\b\w\w+\b"), n_features=integer(1),
        ngram_range=tuple_of(integer(1), integer(32)), binary=FALSE, norm=text("l2"), alternate_sign=TRUE)
    attributes.update(changes)
    if name != "HashingVectorizer":
        attributes["vocabulary_"] = b"}" + text("late") + integer(0) + b"s"
    return instance("sklearn.feature_extraction.text", name, attributes.items())


def pipeline_of(*steps):
    return instance("sklearn.pipeline", "Pipeline", [("steps", list_of(*(tuple_of(text(f"s{i}"), step) for i, step in enumerate(steps))))])


def one_column():
    return logistic(changes=dict(coef_=doubles(0.5, shape=[1, 1])))


def costs():
    """What is small as a file, and large as doubles, or in what a row takes."""
    refused = "BUDGET_EXCEEDED"
    for width in (3000, 5000, 7000):
        # Bytes that become doubles: more than the heap has.
        recipe_of = [(1, b"\x80\x04" + named("sklearn.linear_model._base", "LinearRegression") + b")\x81}(" + text("intercept_") + real(0.0) + text("coef_"))]
        recipe_of += large_array("u1", [width * 3000], width * 3000) + [(1, b"ub.")]
        add("costs", "bytes-become-doubles", refused + " MODEL_INVALID", recipe("gzip", *recipe_of))
    for width, times in ((3000, 25), (2000, 200), (500, 4000)):
        # One array in many places: made once, and multiplied with as often as it is there.
        begin = b"\x80\x04" + named("sklearn.neural_network._multilayer_perceptron", "MLPRegressor") + b")\x81}(" + text("activation") + text("relu")
        begin += text("out_activation_") + text("identity") + text("intercepts_") + b"](" + doubles(*[0.0] * width) + MEMO + get(0) * (times - 1) + b"e"
        begin += text("coefs_") + b"]("
        parts = [(1, begin)] + large_array("u1", [width, width], width * width) + [(1, MEMO), (times - 1, get(1)), (1, b"eub.")]
        add("costs", "array-shared", refused, recipe("gzip", *parts))
    for rows, power in ((2_000_000, 3.0), (4_000_000, 1.5), (5_000_000, 7.0)):
        # Powers take longer than products.
        begin = b"\x80\x04" + named("sklearn.neighbors._regression", "KNeighborsRegressor") + b")\x81}(" + text("_fit_method") + text("brute")
        begin += text("effective_metric_") + text("minkowski") + text("effective_metric_params_") + b"}" + text("p") + real(power) + b"s"
        begin += text("n_neighbors") + integer(5) + text("weights") + text("uniform") + text("_fit_X")
        parts = [(1, begin)] + large_array("u1", [rows, 2], 2 * rows) + [(1, text("_y"))] + large_array("u1", [rows], rows) + [(1, b"ub.")]
        add("costs", "rows-of-powers", refused, recipe("gzip", *parts))
    for count in (100, 5000, 40_000):
        for one in (vectorizer(), vectorizer("CountVectorizer", stop_words=NONE, analyzer=text("char_wb"))):
            begin = b"\x80\x04" + named("sklearn.pipeline", "Pipeline") + b")\x81}" + text("steps") + b"](" + text("a")
            begin += named("sklearn.pipeline", "FeatureUnion") + b")\x81}" + text("transformer_list") + b"](" + text("n") + one + b"\x86" + MEMO
            mean = instance("sklearn.dummy", "DummyRegressor", [("n_features_in_", integer(count)), ("constant_", doubles(1.0, shape=[1, 1]))])
            end = b"esb\x86" + text("b") + mean + b"\x86esb."
            add("costs", "texts-taken-apart", refused, recipe("plain", (1, begin), (count - 1, get(0)), (1, end)))
    for count in (3000, 6000, 30_000):
        # Trees of one split, each with objects of its own.
        begin = b"\x80\x04" + named("sklearn.ensemble._forest", "RandomForestRegressor") + b")\x81}(" + text("params")
        begin += list_of(node_dtype() + MEMO, dtype("f8") + MEMO, integers(1) + MEMO) + text("estimators_") + b"]("
        state = b"}(" + text("max_depth") + integer(1) + text("node_count") + integer(3)
        state += text("nodes") + array_of("V64", [3], raw(b"".join(SPLIT)), of=get(0))
        state += text("values") + array_of("f8", [3, 1, 1], raw(struct.pack("<3d", 1.0, 2.0, 3.0)), of=get(1)) + b"u"
        one = named("sklearn.tree._tree", "Tree") + tuple_of(integer(2), get(2), integer(1)) + b"R" + state + b"b"
        one = instance("sklearn.tree._classes", "DecisionTreeRegressor", [("tree_", one)])
        add("costs", "many-trees", "loads BUDGET_EXCEEDED", recipe("gzip", (1, begin), (count, one), (1, b"eub.")))
    answered = "loads"
    for pattern in ("y" + "a?" * 58 + "b", r"\w+@\w+", r"[^x]*x?[^x]*y", r"a.*b|a", r"(?:\w*|-*)?\w*=" + "a{0,400}b"):
        one = vectorizer("CountVectorizer", stop_words=NONE, analyzer=text("word"), token_pattern=text(pattern), ngram_range=tuple_of(integer(1), integer(1)))
        add("costs", "pattern-that-comes-back", answered, pickle(pipeline_of(one, one_column())))
    for rows, neighbors in ((500_000, 500_000), (1_000_000, 900_000), (2_000_000, 1_999_999)):
        # A selection of nearly all, and all at the same distance.
        begin = b"\x80\x04" + named("sklearn.impute._knn", "KNNImputer") + b")\x81}(" + text("metric") + text("nan_euclidean") + text("weights") + text("uniform")
        begin += text("missing_values") + real(float("nan")) + text("n_neighbors") + integer(neighbors) + text("_valid_mask") + array_of("b1", [2], raw(b"\1\1"))
        begin += text("_fit_X")
        parts = [(1, begin)] + large_array("u1", [rows, 2], 2 * rows) + [(1, text("_mask_fit_X"))] + large_array("b1", [rows, 2], 2 * rows) + [(1, b"ub.")]
        add("costs", "neighbours-selected", "loads BUDGET_EXCEEDED", recipe("gzip", *parts))


def arrays_of_one_list(items, arrays):
    """A pickle of many arrays of objects that are all made from one list."""
    parts = [b"](" + NONE * items + b"e", dtype("O8", "|"), named("numpy._core.multiarray", "_reconstruct"), named("numpy", "ndarray")]
    parts += [tuple_of(integer(items)), tuple_of(integer(0)), raw(b"b")]
    one = get(2) + get(3) + get(5) + get(6) + b"\x87R" + tuple_of(integer(1), get(4), get(1), FALSE, get(0)) + b"b"
    return pickle(MARK, *(part + MEMO for part in parts), one * arrays, b"t")


def lightgbm_of_leaves(leaves):
    splits = leaves - 1
    grown = f"Tree=0\nnum_leaves={leaves}\nnum_cat=0\nsplit_feature={' '.join(['0'] * splits)}\n"
    grown += f"threshold={' '.join(str(i) for i in range(splits))}\ndecision_type={' '.join(['2'] * splits)}\n"
    grown += f"left_child={' '.join(str(-i - 1) for i in range(splits))}\n"
    grown += f"right_child={' '.join([*(str(i + 1) for i in range(splits - 1)), str(-leaves)])}\n"
    grown += f"leaf_value={' '.join(str(i) for i in range(leaves))}\nshrinkage=1\n\n"
    whole = LIGHTGBM.format(size=len(grown), tree=grown)
    return instance("lightgbm.basic", "Booster", [("handle", text(whole))])


def containers():
    rejected = "CONTAINER_REJECTED"
    sound = pickle(logistic())
    megabytes = 160 << 20
    for compression in ("gzip", "zlib"):
        bomb = "BUDGET_EXCEEDED"
        add("containers", f"{compression}-bomb", bomb, recipe(compression, (megabytes, b"\0")))
        add("containers", f"{compression}-bomb", bomb, recipe(compression, (1, b"\x80\x04("), (megabytes, NONE), (1, b"t.")))
        add("containers", f"{compression}-bomb", bomb, recipe(compression, (megabytes // 8, sound[:8])))
    for wrap in (lambda b: gzip.compress(gzip.compress(b, mtime=0), mtime=0), lambda b: zlib.compress(zlib.compress(b)), lambda b: gzip.compress(zlib.compress(b), mtime=0)):
        add("containers", "compressed-twice", rejected, wrap(sound))
    for member in (bz2.compress(NONE), bz2.compress(b"\x80\x04N."), bz2.compress(NONE * 100)):
        add("containers", "many-members", "BUDGET_EXCEEDED", recipe("plain", (25_000, member)))
    for member in (bz2.compress(NONE), lzma.compress(NONE), gzip.compress(NONE, mtime=0)):
        # As many as a file of 100 KB may not have, and a larger one has.
        add("containers", "many-small-members", "BUDGET_EXCEEDED", recipe("plain", (2500, member)))
    archives = {
        "zip": [b"PK\3\4" + bytes(26) + sound, b"PK\5\6" + bytes(18), gzip.compress(b"PK\3\4" + bytes(30), mtime=0)],
        "7z": [b"7z\xbc\xaf\x27\x1c\0\4" + bytes(24), b"7z\xbc\xaf\x27\x1c" + sound, gzip.compress(b"7z\xbc\xaf\x27\x1c\0\4" + bytes(24), mtime=0)],
        "tar": [tar("model.pkl", sound), tar("../../etc/cron.d/x", sound), gzip.compress(tar("model.pkl", sound), mtime=0)],
        "npy-with-objects": [npy("|O") + sound, npy("<f8") + bytes(16), gzip.compress(npy("|O") + sound, mtime=0)],
        "html": [b"<!DOCTYPE html><html><body>Sign in</body></html>", b"\r\n  <HTML><title>404 Not Found</title></HTML>", b"<!-- login --><html></html>"],
        "xml": [b'<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>', b'  <?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', b"<Error><Code>AccessDenied</Code></Error>"],
        "git-lfs-pointer": [b"version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 12345\n" % 0, b"version https://git-lfs.github.com/spec/v1\r\noid sha256:0\r\n", gzip.compress(b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", mtime=0)],
        "empty": [b"", gzip.compress(b"", mtime=0), zlib.compress(b"")],
        "byte-order-mark": [b"\xef\xbb\xbf" + sound, b"\xff\xfe" + sound, b"\xfe\xff" + sound],
        "json": [b'{"error": "no such key"}', b'["model"]', b' \n{"message":"Forbidden"}'],
    }
    for attack, files in archives.items():
        for content in files:
            add("containers", attack, rejected, content)
    for content in (gzip.compress(sound, mtime=0)[:-5], zlib.compress(sound)[:-3], gzip.compress(sound, mtime=0)[:-8] + bytes(8)):
        add("containers", "damaged-compression", rejected, content)


def tar(name, content):
    header = name.encode().ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2 + b"%011o\0" % len(content) + b"0" * 11 + b"\0" + b" " * 8 + b"0"
    return (header.ljust(257, b"\0") + b"ustar\x0000").ljust(512, b"\0") + content.ljust(-(-len(content) // 512) * 512, b"\0") + bytes(1024)


def npy(code):
    header = ("{'descr': '%s', 'fortran_order': False, 'shape': (2,), }" % code).ljust(117) + "\n"
    return b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header.encode()


# -- Controls: sound files that must load ----------------------------------------------------------


def old_logistic(protocol, core):
    """As protocols 0 to 2 write it: no opcodes for short texts, for bytes or, before 2, for instances."""

    def name(module, attribute):
        return b"c" + f"{module}\n{attribute}\n".encode()

    def old_text(value):
        return b"V" + value.encode("raw_unicode_escape").replace(b"\n", b"\\u000a") + b"\n" if protocol == 0 else b"X" + struct.pack("<I", len(value.encode())) + value.encode()

    def number(value):
        return b"I%d\n" % value if protocol == 0 else b"K" + bytes([value]) if value >= 0 else b"J" + struct.pack("<i", value)

    def items(*parts):
        return MARK + b"".join(parts) + b"t"

    def octets(value):
        return name("_codecs", "encode") + items(old_text(value.decode("latin1")), old_text("latin1")) + b"R"

    def flag(value):
        return b"I0%d\n" % value if protocol < 2 else (FALSE, TRUE)[value]

    def old_array(code, shape, data):
        kind = name("numpy", "dtype") + items(old_text(code), flag(0), flag(1)) + b"R"
        kind += items(number(3), old_text("<"), NONE, NONE, NONE, number(-1), number(-1), number(0)) + b"b"
        made = name(core + ".multiarray", "_reconstruct") + items(name("numpy", "ndarray"), items(number(0)), octets(b"b")) + b"R"
        return made + items(number(1), items(*map(number, shape)), kind, flag(0), octets(data)) + b"b"

    module, kind = "sklearn.linear_model._logistic", "LogisticRegression"
    if protocol == 2:
        made = b"\x80\x02" + name(module, kind) + b")\x81"
    else:
        made = name("copy_reg", "_reconstructor") + items(name(module, kind), name("__builtin__", "object"), NONE) + b"R"
    made += b"(d" if protocol == 0 else b"}"
    for attribute, value in (
        ("classes_", old_array("i8", [2], struct.pack("<qq", 0, 1))), ("coef_", old_array("f8", [1, 2], struct.pack("<dd", 0.5, -0.25))),
        ("intercept_", old_array("f8", [1], struct.pack("<d", 0.125))),
    ):
        made += old_text(attribute) + value + b"s"
    return made + b"b."


def controls():
    for core in ("numpy.core", "numpy._core"):
        for protocol in (0, 1, 2):
            add("controls", f"protocol-{protocol}", "loads", old_logistic(protocol, core))
        for protocol in (3, 4, 5):
            add("controls", f"protocol-{protocol}", "loads", pickle(logistic(core=core), protocol=protocol))
    framed = logistic() + STOP
    add("controls", "framed", "loads", b"\x80\x04\x95" + struct.pack("<q", len(framed)) + framed)
    for depth in (2, 200, 3000):
        add("controls", "deep-tree", "loads", gzip.compress(pickle(deep_tree(depth)), mtime=0))
        add("controls", "deep-forest", "loads", gzip.compress(pickle(forest(deep_tree(depth), deep_tree(depth))), mtime=0))
    add("controls", "lightgbm", "loads", lightgbm())
    add("controls", "lightgbm", "loads", gzip.compress(pickle(lightgbm_of_leaves(2000)), mtime=0))
    add("controls", "xgboost", "loads", xgboost(ubjson(xgboost_document())))
    add("controls", "voting", "loads", pickle(voting(tree(), tree())))
    add("controls", "compressed", "loads", gzip.compress(pickle(logistic()), mtime=0))
    add("controls", "compressed", "loads", zlib.compress(pickle(logistic())))
    many = b"".join(text("".join(("Aa", "BB")[i >> bit & 1] for bit in range(12))) + NONE for i in range(4096))
    add("controls", "colliding-keys-of-one-type", "loads", gzip.compress(pickle(logistic(extra=[("params", b"}(" + many + b"u")])), mtime=0))
    add("controls", "nested-lists", "loads", pickle(logistic(extra=[("params", b"]" * 150 + b"a" * 149)])))


if __name__ == "__main__":
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir()
    (TARGET / ".gitattributes").write_text("*.pkl binary\n")
    for family in (calls, inert, opcodes, lengths, complexity, malformed, arrays, models, widths, costs, containers, controls):
        family()
    with open(TARGET / "manifest.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["file", "class", "attack", "reasons"])
        writer.writerows(MANIFEST)
    attacks = {(line[1], line[2]) for line in MANIFEST}
    print(f"{len(MANIFEST)} files of {len(attacks)} attacks")
    for kind, attack in sorted(attacks):
        count = sum(1 for line in MANIFEST if line[1:3] == [kind, attack])
        assert count >= 3 or kind == "controls", (kind, attack, count)
