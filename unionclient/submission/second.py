"""The second signature of a package: its list and its signature as members that the first one covers; written and judged.

Limits: one second signer, by SM2; where gmssl is not installed the second signature is named and left unchecked, with a warning.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from unionclient.definition.words import _
from unionclient.submission.asicmanifest import AsicFault, asic_manifest_bytes, read_asic_manifest
from unionclient.submission.certificate import SignerFacts
from unionclient.submission.container import ASIC_MANIFEST_2, META, SECOND, SIGNATURE_2, Container
from unionclient.submission.signing import SignatureFault

if TYPE_CHECKING:
    from unionclient.submission.sm import SmKey
    from unionclient.submission.verify import Report

CHECK = "second-signature"


def second_members(contents: Mapping[str, bytes], types: Mapping[str, str], key: "SmKey", now: datetime) -> dict[str, bytes]:
    """List and signature over `contents` (all members but those of META-INF). Raises NoGmssl."""
    from unionclient.submission import sm

    listed = asic_manifest_bytes(contents, types, signature=SIGNATURE_2, algorithm=sm.SM3_URI, digest=sm.sm3)
    return {ASIC_MANIFEST_2: listed, SIGNATURE_2: sm.sign_detached(listed, key, now)}


def check_second(report: "Report", container: Container, first: SignerFacts) -> None:
    """Adds the check where there is a second signature; says nothing where there is none."""
    if not set(SECOND) & set(container.names):
        return
    said = report.attempt(CHECK, lambda: _said(container, first))
    if said == "":
        report.warned(CHECK, _("另有国密算法（SM2）第二签名，本机没有安装 gmssl，没有核对；第一签名不受影响"))
    elif said is not None:
        report.told(CHECK, said)


def _said(container: Container, first: SignerFacts) -> str:
    """As `_judged`; "" where it cannot be judged here."""
    from unionclient.submission.sm import NoGmssl

    try:
        return _judged(container, first)
    except NoGmssl:
        return ""


def _judged(container: Container, first: SignerFacts) -> str:
    """What to say of a second signature that holds. Raises SignatureFault, NoGmssl."""
    from unionclient.submission import sm

    if not set(SECOND) <= set(container.names):
        raise SignatureFault(CHECK, _("第二签名（SM2）不完整"))
    listed = container.read(ASIC_MANIFEST_2)
    signer = sm.check_detached(container.read(SIGNATURE_2), listed)
    try:
        digests = read_asic_manifest(listed, signature=SIGNATURE_2, algorithm=sm.SM3_URI)
    except AsicFault as fault:
        raise SignatureFault(CHECK, _("第二签名（SM2）：{reason}").format(reason=fault)) from None
    there = set(container.names) - set(META) - set(SECOND)
    if set(digests) != there or any(sm.sm3(container.read(name)) != digests[name] for name in there):
        raise SignatureFault(CHECK, _("第二签名（SM2）的清单与包内文件不一致"))
    if signer.street_code != first.street_code:        # the name may have changed since this certificate was made
        raise SignatureFault(CHECK, _("第二签名（SM2）的证书写的不是第一签名的单位"))
    return _("另有国密算法（SM2）第二签名，成立；证书 {fingerprint}…").format(fingerprint=signer.fingerprint[:16])
