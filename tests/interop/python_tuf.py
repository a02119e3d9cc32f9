#!/usr/bin/env python3
"""Does TUF's reference client read what we publish, and refuse what was tampered with?

    python3 -m venv VENV && VENV/bin/pip install -r tests/interop/requirements.txt
    VENV/bin/python tests/interop/python_tuf.py REPOSITORY ROOT

REPOSITORY is a folder with metadata/ and targets/, ROOT the root.json that is pinned. The folder is served on
127.0.0.1 to python-tuf's stock ngclient; nothing in it is changed, tampering happens in a copy. Prints each check
and "N passed, N failed"; exits 0 if none failed.
"""

import contextlib
import functools
import http.server
import json
import shutil
import sys
import tempfile
import threading
from pathlib import Path

from tuf.api.exceptions import DownloadError, RepositoryError
from tuf.ngclient import Updater


class Silent(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and says nothing about it."""

    def log_message(self, *_args):
        pass


class Client:
    """A stock client with a memory of its own, at a folder served over HTTP."""

    def __init__(self, repository, root):
        self.root = root
        self.memory = tempfile.TemporaryDirectory()
        handler = functools.partial(Silent, directory=str(repository))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.server.shutdown()
        self.server.server_close()
        self.memory.cleanup()

    def updater(self):
        """A refreshed updater: what a program has after it started."""
        base = f"http://127.0.0.1:{self.server.server_port}"
        metadata, targets = Path(self.memory.name, "metadata"), Path(self.memory.name, "targets")
        metadata.mkdir(exist_ok=True)
        targets.mkdir(exist_ok=True)
        updater = Updater(
            str(metadata), f"{base}/metadata/", str(targets), f"{base}/targets/", bootstrap=self.root
        )
        updater.refresh()
        return updater

    def download(self, name):
        updater = self.updater()
        info = updater.get_targetinfo(name)
        return Path(updater.download_target(info)).read_bytes()


class Checks:
    """Counts, and prints each check as it is made."""

    def __init__(self):
        self.passed = self.failed = 0

    def that(self, what, holds):
        self.passed += bool(holds)
        self.failed += not holds
        print(f"{'ok    ' if holds else 'FAILED'} {what}")

    def refused(self, what, action):
        try:
            action()
            self.that(f"{what} is refused", False)
        except (RepositoryError, DownloadError) as error:
            self.that(f"{what} is refused: {type(error).__name__}", True)


def signed(path):
    return json.loads(path.read_bytes())["signed"]


def metadata_names(repository):
    """The files that a client reads now, found as it finds them."""
    metadata = Path(repository) / "metadata"
    snapshot = signed(metadata / "timestamp.json")["meta"]["snapshot.json"]["version"]
    targets = signed(metadata / f"{snapshot}.snapshot.json")["meta"]["targets.json"]["version"]
    roots = [path.name for path in metadata.glob("*.root.json")]
    newest = max(roots, key=lambda name: int(name.split(".")[0]))
    return {
        "root": newest,
        "targets": f"{targets}.targets.json",
        "snapshot": f"{snapshot}.snapshot.json",
        "timestamp": "timestamp.json",
    }


def target_names(repository):
    return sorted(signed(Path(repository) / "metadata" / metadata_names(repository)["targets"])["targets"])


def flip(path, at):
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def check_good(checks, repository, root):
    names = target_names(repository)
    checks.that(f"the repository lists targets: {', '.join(names)}", names)
    with Client(repository, root) as client:
        updater = client.updater()
        checks.that("a refresh from the pinned root succeeds", True)
        for name in names:
            info = updater.get_targetinfo(name)
            content = Path(updater.download_target(info)).read_bytes()
            prefixed = Path(repository) / "targets" / f"{info.hashes['sha256']}.{name}"
            checks.that(f"{name} is downloaded and verified", content == prefixed.read_bytes())
        checks.that("a name that is not listed is not found", updater.get_targetinfo("no-such-target") is None)
        again = client.updater()
        checks.that("a second refresh from memory succeeds", again.get_targetinfo(names[0]) is not None)


@contextlib.contextmanager
def altered(repository, alter):
    """A copy of the repository, after `alter` was at it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "repository")
        shutil.copytree(repository, copy)
        alter(copy)
        yield copy


def flip_expiry(path):
    """One bit of a field that every signed part has."""
    marker = b'"expires":"'
    flip(path, path.read_bytes().index(marker) + len(marker) + 3)


def check_altered_metadata(checks, repository, root):
    files = metadata_names(repository)
    if files["root"] == "1.root.json":
        del files["root"]  # It is the pinned one, which a client does not fetch.
    for role, name in files.items():
        with altered(repository, lambda copy: flip_expiry(copy / "metadata" / name)) as copy:
            with Client(copy, root) as client:
                checks.refused(f"altered {role} metadata", client.updater)
        if role != "root":  # A missing root is how a client knows that there is no newer one.
            with altered(repository, lambda copy: (copy / "metadata" / name).unlink()) as copy:
                with Client(copy, root) as client:
                    checks.refused(f"missing {role} metadata", client.updater)


def check_altered_targets(checks, repository, root):
    def flip_all(copy):
        for target in (copy / "targets").iterdir():
            flip(target, 0)

    with altered(repository, flip_all) as copy, Client(copy, root) as client:
        for name in target_names(repository):
            checks.refused(f"altered {name}", lambda: client.download(name))


def check_wrong_root(checks, repository, root):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "root.json")
        path.write_bytes(root)
        flip_expiry(path)
        with Client(repository, path.read_bytes()) as client:
            checks.refused("an altered pinned root", client.updater)


def main(repository, root):
    checks = Checks()
    root = Path(root).read_bytes()
    for check in [check_good, check_altered_metadata, check_altered_targets, check_wrong_root]:
        check(checks, repository, root)
    print(f"{checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
