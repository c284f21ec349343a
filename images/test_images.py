"""The images, unpacked and run as a restricted pod would run them; `test` starts these."""

import json
import os
import stat
import subprocess
import tarfile
import tempfile
import unittest
from pathlib import Path

import kubernetes_operator
import predictor
from container import manifest, unpack
from processes import NotReady, ask

TARGET = Path(__file__).resolve().parent / "target"
UNTOUCHABLE_MODES = stat.S_IWGRP | stat.S_IWOTH


class ImageTest:
    """What holds for every image; the classes below name one each."""

    @classmethod
    def setUpClass(cls):
        if os.geteuid() != 0:
            raise unittest.SkipTest("run images/test as root: it runs the images as their own user")
        cls.work = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.work.cleanup)
        cls.tar = TARGET / f"{cls.name}.tar"
        cls.image = unpack(cls.tar, Path(cls.work.name) / cls.name)
        cls.files = [path for path in cls.image.root.rglob("*") if path.is_file() and not path.is_symlink()]

    def within(self, path):
        return "/" + str(path.relative_to(self.image.root))

    def test_runs_as_a_numeric_user_that_is_not_root(self):
        self.assertEqual(self.image.configuration["User"], "65532:65532")

    def test_has_no_shell_and_one_program(self):
        programs = {
            self.within(path)
            for path in self.files
            if path.stat().st_mode & 0o111 and path.open("rb").read(4) == b"\x7fELF" and ".so" not in path.name
        }
        self.assertEqual(programs, {"/opt/java/bin/java", "/opt/java/lib/jspawnhelper"})
        scripts = [self.within(path) for path in self.files if path.open("rb").read(2) == b"#!"]
        self.assertEqual(scripts, [])

    def test_everything_in_it_belongs_to_root_and_is_read_only_to_its_user(self):
        for path in self.image.root.rglob("*"):
            if path.is_symlink() or self.within(path) == "/tmp":
                continue
            self.assertEqual((path.stat().st_uid, path.stat().st_mode & UNTOUCHABLE_MODES), (0, 0), self.within(path))
            self.assertFalse(path.stat().st_mode & (stat.S_ISUID | stat.S_ISGID), self.within(path))

    def test_its_sbom_lists_exactly_its_jars(self):
        sbom = self.image.root / "usr/share/sbom" / f"flight-delay-{self.name}.cdx.json"
        listed = {jar_name(component) for component in json.loads(sbom.read_text())["components"]}
        there = {path.name for path in (self.image.root / "app/libs").iterdir()}
        self.assertEqual(listed, there)
        self.assertEqual(sbom.read_bytes(), (TARGET / sbom.name).read_bytes())

    def test_is_named_after_the_project_and_made_for_this_machine(self):
        with tarfile.open(self.tar) as archive:
            entry = json.load(archive.extractfile("manifest.json"))[0]
            configuration, _ = manifest(archive)
        version = configuration["config"]["Labels"]["org.opencontainers.image.version"]
        self.assertEqual(entry["RepoTags"], [f"flight-delay-{self.name}:{version}"])
        machine = {"x86_64": "amd64", "aarch64": "arm64"}[os.uname().machine]
        self.assertEqual((configuration["os"], configuration["architecture"]), ("linux", machine))

    def test_takes_less_than_100_megabytes_compressed(self):
        self.assertLess(self.tar.stat().st_size, 100_000_000)


def jar_name(component):
    """The file of a Maven component: name-version[-classifier].jar, which its purl has."""
    path, _, qualifiers = component["purl"].partition("?")
    name, version = path.rsplit("/", 1)[1].split("@")
    classifier = dict(pair.split("=") for pair in qualifiers.split("&") if pair).get("classifier")
    return "-".join(filter(None, (name, version, classifier))) + ".jar"


def only_if_the_cache_fits(image):
    """The image's entrypoint, ending where the JVM cannot use the AOT cache; by default it would start slowly."""
    options = [word for word in image.entrypoint if word.startswith("-XX:AOT")]
    if options != ["-XX:AOTCache=/app/app.aot"]:
        raise unittest.SkipTest(f"the image was built without an AOT cache: {options}")
    return {"JAVA_TOOL_OPTIONS": "-XX:AOTMode=on"}


class PredictorImage(ImageTest, unittest.TestCase):
    name = "predictor"

    def start(self, environment=None, **program):
        return predictor.Predictor(self.image, self.work.name, environment, **program)

    def test_is_ready_and_answers_in_every_dialect(self):
        with self.start() as process:
            process.ready()
            for row in predictor.rows()[:20]:
                process.check_answers(row)
            process.managed()
            status, info = ask(process.management_port, "GET", "/actuator/info")
            self.assertEqual((status, json.loads(info)["model"]["sha256"]), (200, process.sha256))
            user = os.stat(f"/proc/{process.process.pid}").st_uid
            self.assertEqual(user, 65532)
            self.assertEqual(process.stop(), 143)

    def test_its_aot_cache_fits(self):
        with self.start(only_if_the_cache_fits(self.image)) as process:
            process.ready()
            process.check_answers(predictor.rows()[0])

    def test_a_cache_that_does_not_fit_is_noticed(self):
        options = only_if_the_cache_fits(self.image)
        other = {"JAVA_TOOL_OPTIONS": options["JAVA_TOOL_OPTIONS"] + " -XX:-UseCompactObjectHeaders"}
        with self.start(other) as process:
            with self.assertRaisesRegex(NotReady, "ended with 1"):
                process.ready()

    def test_says_in_its_last_line_why_it_serves_nothing_and_ends_with_2(self):
        with self.start({"MODEL_SHA256": "0" * 64}) as process:
            self.assertEqual(process.process.wait(60), 2)
            self.assertIn("sha256", process.said().strip().splitlines()[-1].lower())

    def test_java_tool_options_override_the_defaults(self):
        settings = self.java_settings({"JAVA_TOOL_OPTIONS": "-XX:MaxRAM=1g -XX:MaxRAMPercentage=25"})
        self.assertEqual(settings["MaxHeapSize"], str(256 << 20))

    def test_leaves_memory_beside_the_heap_and_ends_when_it_is_full(self):
        settings = self.java_settings({"JAVA_TOOL_OPTIONS": "-XX:MaxRAM=500m"})
        self.assertAlmostEqual(int(settings["MaxHeapSize"]) / (500 << 20), 0.6, delta=0.01)
        self.assertEqual(settings["ExitOnOutOfMemoryError"], "true")
        self.assertEqual(settings["UseSerialGC"], "true")

    def java_settings(self, environment):
        command = self.image.command(["-XX:+PrintFlagsFinal", "-version"], environment, entrypoint=["/opt/java/bin/java"])
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        lines = [line.split() for line in printed.splitlines() if " = " in line]
        return {words[1]: words[3] for words in lines if len(words) > 3}


class OperatorImage(ImageTest, unittest.TestCase):
    name = "operator"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        try:
            cls.api = kubernetes_operator.ApiServer().__enter__()
        except NotReady as reason:
            cls.api = None
            cls.no_api = str(reason)
        else:
            cls.addClassCleanup(cls.api.__exit__)

    def start(self, environment=None, **program):
        if self.api is None:
            self.skipTest(self.no_api)
        return kubernetes_operator.Operator(self.image, self.work.name, environment, api=self.api, **program)

    def test_writes_the_children_of_a_model(self):
        with self.start() as process:
            process.ready()
            process.api.kubectl("apply", "-f", kubernetes_operator.EXAMPLES / "first-model.yaml")
            process.wait_for_deployments(["flight-delay-v1"])
            self.assertEqual(os.stat(f"/proc/{process.process.pid}").st_uid, 65532)
            self.assertEqual(process.stop(), 143)

    def test_its_aot_cache_fits(self):
        with self.start(only_if_the_cache_fits(self.image)) as process:
            process.ready()


class Reproducible(unittest.TestCase):
    """The same sources and the same JDK give the same layers, wherever they lie."""

    def setUp(self):
        if not os.environ.get("IMAGES_REPRODUCIBLE"):
            self.skipTest("takes a minute or two more: images/test --reproducible")

    def test_every_layer_but_the_cache_is_the_same_in_a_second_build(self):
        repository = TARGET.parents[1]
        with tempfile.TemporaryDirectory() as work:
            copy = Path(work) / "somewhere" / "else"
            copy.mkdir(parents=True)
            listed = subprocess.run(
                ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                cwd=repository,
                capture_output=True,
                check=True,
            )
            # Without the files' times: those of a fresh checkout are others too.
            subprocess.run(
                ["bash", "-euo", "pipefail", "-c", 'tar -C "$0" -c --null -T - | tar -C "$1" -xm', repository, copy],
                input=b"\0".join(file for file in listed.stdout.split(b"\0") if (repository / os.fsdecode(file)).is_file()),
                check=True,
            )
            caches = f"-Djib.baseImageCache={work}/base -Djib.applicationLayersCache={work}/layers"
            built = subprocess.run(
                [copy / "images" / "build", "--no-aot"],
                env=os.environ | {"MAVEN_OPTS": os.environ.get("MAVEN_OPTS", "") + " " + caches},
                capture_output=True,
                text=True,
            )
            self.assertEqual(built.returncode, 0, built.stderr)
            for name in ("predictor", "operator"):
                with self.subTest(name):
                    first, again = layers(TARGET / f"{name}.tar"), layers(copy / "images" / "target" / f"{name}.tar")
                    self.assertEqual(first, again)
                    self.assertGreaterEqual(len(first), 5)


def layers(tar):
    """The digests of an image's layers, without that of the AOT cache."""
    with tarfile.open(tar) as archive:
        digests = []
        for layer in manifest(archive)[1]:
            with tarfile.open(fileobj=archive.extractfile(layer), mode="r:gz") as files:
                first_file = next((file.name for file in files if file.isfile()), None)
            if first_file != "app/app.aot":
                digests.append(layer)
        return digests


if __name__ == "__main__":
    unittest.main()
