"""Sound inputs for each reader, from which the fuzzer starts: `python -m fuzz.seeds FOLDER` with `tests` on the path."""

import sys
import tempfile
from pathlib import Path

from attacks.scene import BOOK, CSV, PDF, Scene
from fuzz.readers import NAMES, signed_parts
from submission.bench import make_workbook, member_table
from submission.ruled import make_ruled_pdf
from submission.trusting import DISTRICT, certificates, new_key

from unionclient.submission import container, profile, requests
from unionclient.submission.encryption import encrypt
from unionclient.submission.sealed import seal
from unionclient.submission.signing import sign_attached


def seeds(folder: Path) -> dict[str, bytes]:
    """Inputs by file name; the first byte chooses the reader. `folder` is for the keys."""
    scene = Scene(folder)
    bench = scene.bench
    parts = signed_parts()
    sound = {
        "package": [bench.content, bench.zipped({container.SIGNATURE: None})],
        "members": [container.container_bytes({"data/a.csv": b"id\r\n"}), bench.content],
        "manifest": [bench.members["manifest.json"]],
        "list": [bench.members[container.ASIC_MANIFEST]],
        "tables": [bench.members["datapackage.json"] + b"\0" + bench.members[CSV]],
        "signature": [bench.members[container.SIGNATURE]],
        "attached": [sign_attached(b"content", scene.key, scene.now)],
        "workbook": [make_workbook(member_table()), bench.members[BOOK]],
        "workbook signature": [bench.members[BOOK]],
        "sheet": [parts["xl/worksheets/sheet1.xml"]],
        "relations": [parts["xl/_rels/workbook.xml.rels"]],
        "signature part": [parts["_xmlsignatures/sig1.xml"]],
        "request": [requests.make_request(scene.key)],
        "trust": [scene.trust.content],
        "look": [bench.content, bench.members[BOOK], bench.members[PDF]],
        "encrypted": [encrypt(b"content", [_recipient(scene)])],
        "printed": [make_ruled_pdf(member_table())],
        "sealed": [seal({"receipt.json": b"{}"}, scene.key, scene.now)],
    }
    return {f"{name.replace(' ', '-')}-{place}": bytes([NAMES.index(name)]) + content
            for name, contents in sound.items() for place, content in enumerate(contents)}


def _recipient(scene: Scene) -> bytes:
    key = new_key(scene.folder / "district.key", DISTRICT, now=scene.began)
    return certificates(scene.authority.issue(requests.make_request(key), purpose=profile.ENCRYPTION, now=scene.began))[0]


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as keys:
        for name, content in seeds(Path(keys)).items():
            (target / name).write_bytes(content)
