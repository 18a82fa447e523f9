"""Asks xmlsec1 about the signature of an Office file: it reads the parts from a folder and counts those that are right."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from unionclient.submission.opc import DSIG, XADES
from unionclient.submission.opcverify import parsed


@dataclass(frozen=True, slots=True)
class Counted:
    """What xmlsec1 says. Its "OK" is that of SignedInfo only: the parts are right where both numbers of `parts` agree."""

    ok: bool
    signed_info: tuple[int, int]
    parts: tuple[int, int]

    @property
    def whole(self) -> bool:
        return self.ok and self.signed_info == (3, 3) and self.parts[0] == self.parts[1] > 0


def ask(content: bytes, folder: Path, root: bytes | None = None) -> Counted:
    """`root` (PEM) is trusted; without it certificates are not looked at. Skips the test where xmlsec1 is absent."""
    program = shutil.which("xmlsec1")
    if program is None:
        pytest.skip("xmlsec1 is not installed")
    folder.mkdir()
    with ZipFile(BytesIO(content)) as book:
        book.extractall(folder)
    signature = folder / "_xmlsignatures" / "sig1.xml"
    uris = [node.get("URI") for node in parsed(signature.read_bytes()).iter(f"{{{DSIG}}}Reference") if node.get("URI").startswith("/")]
    command = [program, "--verify", "--id-attr:Id", f"{DSIG}:Object", "--id-attr:Id", f"{XADES}:SignedProperties"]
    if root is None:
        command.append("--insecure")
    else:
        (folder / "root.pem").write_bytes(root)
        command += ["--trusted-pem", str(folder / "root.pem")]
    for uri in uris:
        command += [f"--url-map:{uri}", str(folder / uri[1:].split("?")[0])]
    done = subprocess.run([*command, str(signature)], capture_output=True, text=True)
    counts = {kind: (int(good), int(every)) for kind, good, every in re.findall(r"^(\w+) References \(ok/all\): (\d+)/(\d+)", done.stdout + done.stderr, re.MULTILINE)}
    return Counted(done.returncode == 0 and bool(re.search(r"^OK$", done.stdout + done.stderr, re.MULTILINE)),
                   counts.get("SignedInfo", (0, 0)), counts.get("Manifests", (0, 0)))
