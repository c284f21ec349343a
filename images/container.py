#!/usr/bin/env python3
"""Runs an image without a container engine: its layers unpacked into a folder, and that folder as a process's root.

The process gets what a restricted pod gives it: a root that is read-only, a writable /tmp, a numeric
user without rights, no way to gain any. It shares the machine's network and process ids, so that a
caller reaches it on loopback and sees it by its id. Needs Linux, and root or user namespaces.

    container.py unpack TAR FOLDER          FOLDER gets the files; FOLDER.json the image's configuration
    container.py run FOLDER [-e NAME=VALUE].. [-v HOST-PATH:PATH[:rw]].. [-- ARGUMENT..]
"""

import argparse
import ctypes
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

CLONE_NEWNS, CLONE_NEWUSER = 0x00020000, 0x10000000
MS_RDONLY, MS_NOSUID, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 1, 2, 32, 4096, 16384, 1 << 18
PR_SET_NO_NEW_PRIVS = 38
DEVICES = ("null", "zero", "full", "random", "urandom")


class Image:
    """An unpacked image: `root` has its files, the rest is what its configuration says."""

    def __init__(self, root):
        self.root = Path(root).absolute()
        self.configuration = json.loads(_beside(self.root).read_text())["config"]
        self.entrypoint = self.configuration["Entrypoint"]

    def command(self, arguments=(), environment=None, binds=(), entrypoint=None):
        """The command that runs it; `binds` are (host path, path, writable)."""
        command = [sys.executable, str(Path(__file__).absolute()), "run", str(self.root)]
        for name, value in (environment or {}).items():
            command += ["-e", f"{name}={value}"]
        for host, path, writable in binds:
            command += ["-v", f"{host}:{path}{':rw' if writable else ''}"]
        if entrypoint is not None:
            command += ["--entrypoint", json.dumps(entrypoint)]
        return [*command, "--", *map(str, arguments)]


def manifest(archive):
    """What a docker-archive says of its one image: the configuration, and the names of its layers in order."""
    entry = json.load(archive.extractfile("manifest.json"))[0]
    return json.load(archive.extractfile(entry["Config"])), entry["Layers"]


def unpack(tar, folder):
    root = Path(folder).absolute()
    if root.exists():
        shutil.rmtree(root)
    root.mkdir(parents=True)
    with tarfile.open(tar) as archive:
        configuration, layers = manifest(archive)
        for layer in layers:
            extract = ["tar", "--extract", "--gzip", "--warning=no-unknown-keyword", "--preserve-permissions", "--numeric-owner", "--directory", root]
            with subprocess.Popen(extract, stdin=subprocess.PIPE) as process:
                shutil.copyfileobj(archive.extractfile(layer), process.stdin)
            if process.returncode:
                raise SystemExit(f"layer {layer} of {tar} cannot be unpacked")
    # What an engine makes where an image lacks it, to mount on.
    for mount in ("proc", "dev", "etc", "tmp"):
        (root / mount).mkdir(exist_ok=True)
    for name in DEVICES:
        (root / "dev" / name).touch()
    for name in ("hosts", "resolv.conf"):
        (root / "etc" / name).touch()
    _beside(root).write_text(json.dumps(configuration))
    return Image(root)


def run(options):
    image = Image(options.folder)
    user, group = map(int, image.configuration["User"].split(":"))
    environment = dict(entry.split("=", 1) for entry in image.configuration["Env"] + options.env)
    entrypoint = json.loads(options.entrypoint) if options.entrypoint else image.entrypoint
    directory = image.configuration.get("WorkingDir") or "/"

    _own_mounts(user, group)
    _mount(image.root, image.root, MS_BIND)
    _mount("tmpfs", image.root / "tmp", 0, "tmpfs", "mode=1777,size=64m")
    _mount("/proc", image.root / "proc", MS_BIND | MS_REC)
    for name in DEVICES:
        _mount(f"/dev/{name}", image.root / "dev" / name, MS_BIND)
    for name in ("hosts", "resolv.conf"):
        if Path("/etc", name).exists():
            _mount(f"/etc/{name}", image.root / "etc" / name, MS_BIND)
    for bind in options.volume:
        host, path, *mode = bind.split(":")
        target = image.root / path.lstrip("/")
        if path.startswith("/tmp/"):
            target.mkdir(parents=True) if Path(host).is_dir() else target.touch()
        _mount(host, target, MS_BIND)
        if mode != ["rw"]:
            _mount(host, target, MS_BIND | MS_REMOUNT | MS_RDONLY)
    _mount(image.root, image.root, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID)

    os.chroot(image.root)
    os.chdir(directory)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)
    _call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    os.execve(entrypoint[0], [*entrypoint, *options.arguments], environment)


def _own_mounts(user, group):
    """Mounts of this process alone. Who is not root is, in a user namespace, the image's user."""
    if os.geteuid() == 0:
        _call("unshare", CLONE_NEWNS)
    else:
        own_user, own_group = os.geteuid(), os.getegid()
        _call("unshare", CLONE_NEWNS | CLONE_NEWUSER)
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {own_user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {own_group} 1")
    _mount("none", "/", MS_REC | MS_PRIVATE)


def _mount(source, target, flags, kind="none", data=""):
    _call("mount", *(os.fsencode(str(word)) for word in (source, target, kind)), ctypes.c_ulong(flags), data.encode())


def _call(name, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*arguments):
        error = ctypes.get_errno()
        raise SystemExit(f"{name} {arguments}: {os.strerror(error)}: running an image needs root or user namespaces")


def _beside(root):
    return root.with_name(root.name + ".json")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    unpacking = commands.add_parser("unpack", help="unpack an image's tar")
    unpacking.add_argument("tar")
    unpacking.add_argument("folder")
    unpacking.set_defaults(run=lambda options: unpack(options.tar, options.folder))
    running = commands.add_parser("run", help="run an unpacked image")
    running.add_argument("folder")
    running.add_argument("-e", "--env", action="append", default=[], metavar="NAME=VALUE")
    running.add_argument("-v", "--volume", action="append", default=[], metavar="HOST-PATH:PATH[:rw]")
    running.add_argument("--entrypoint", help="instead of the image's own, as a JSON list")
    running.set_defaults(run=run)
    words = sys.argv[1:]
    end = words.index("--") if "--" in words else len(words)
    options = parser.parse_args(words[:end])
    options.arguments = words[end + 1 :]
    options.run(options)


if __name__ == "__main__":
    main()
