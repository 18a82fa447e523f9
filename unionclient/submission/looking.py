"""Looking at a signed file without believing it: what it is, what is in it, who says to have signed, and whether that holds.

For packages, containers of other programs, PDFs, Office files and encrypted packages. Limits: no verdict and no trust; what
a package says of itself is told only where its signature and digests hold. Called in the checking process (`worker.look_at`).
"""

import hashlib
import warnings
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from unionclient.definition.words import _, marked
from unionclient.submission import container, verify

PACKAGE, ASIC, PDF, OFFICE, ENCRYPTED, UNKNOWN = "package", "asic", "pdf", "office", "encrypted", "unknown"
TITLES = {
    PACKAGE: marked("报送包"), ASIC: marked("签名容器（不是本程序的报送包）"), PDF: marked("PDF 文件"), OFFICE: marked("Office 文件"),
    ENCRYPTED: marked("加密的报送包"), UNKNOWN: marked("不认识的文件")}
_MOST_LINES = 200


def look(path: Path | str) -> dict[str, Any]:
    """Facts as JSON: `kind`, `title`, `holds` (signatures compute over what they are on), `fault`, `lines` to show, and more by kind."""
    try:
        with open(path, "rb") as file:
            content = file.read(container.MOST_BYTES + 1)
    except OSError as fault:
        return _told(UNKNOWN, fault=_("文件打不开：{reason}").format(reason=fault.strerror or _("未知原因")))
    return look_into(content)


def look_into(content: bytes) -> dict[str, Any]:
    """As `look`, from memory. Never raises for what the content is."""
    if len(content) > container.MOST_BYTES:
        return _told(UNKNOWN, fault=_("文件超过 {count} 兆字节").format(count=container.MOST_BYTES >> 20))
    kind, work = _kind(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return {**_told(kind), **work(content)}
        except Exception as fault:  # the edge: any library may raise anything on a foreign file
            known = type(fault).__module__.startswith("unionclient.")
            return _told(kind, fault=str(fault) if known else _("内容异常，无法判读（{kind}）").format(kind=type(fault).__name__))


def _told(kind: str, **more: Any) -> dict[str, Any]:
    told = {"kind": kind, "title": _(TITLES[kind]), "holds": False, "fault": None, "lines": [], **more}
    if told["fault"]:
        told["lines"] = [told["fault"]]
    return told


def _kind(content: bytes) -> tuple[str, Callable[[bytes], dict[str, Any]]]:
    from unionclient.submission.encryption import is_encrypted

    if b"%PDF-" in content[:1024]:
        return PDF, _pdf
    if b"PK\5\6" in content[-(2**16 + 22):]:
        names = _names(content)
        if "[Content_Types].xml" in names:
            return OFFICE, _office
        return (PACKAGE, _package) if "manifest.json" in names and container.ASIC_MANIFEST in names else (ASIC, _asic)
    return (ENCRYPTED, _encrypted) if is_encrypted(content) else (UNKNOWN, _unknown)


def _names(content: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as file:
            return file.namelist()
    except Exception:  # the edge: zipfile raises many kinds on damaged files
        return []


def _package(content: bytes) -> dict[str, Any]:
    """Ours: what verification says without trust, and the manifest where the signature holds."""
    verdict = verify.verify_bytes(content)
    lines = [f"SHA-256 {hashlib.sha256(content).hexdigest()}", verdict.message]
    if verdict.signer:
        signer = verdict.signer
        lines.append(_("签名人（未核对）：{name}，街道代码 {code}，证书 {fingerprint}…，有效期 {begins:%Y-%m-%d} 至 {ends:%Y-%m-%d}").format(
            name=signer.name, code=signer.street_code, fingerprint=signer.fingerprint[:16], begins=signer.not_before, ends=signer.not_after))
        lines.append(_("签名时间（签名人自称）：{moment:%Y-%m-%d %H:%M} UTC").format(moment=signer.signed_at))
    if manifest := verdict.manifest:
        words = _("{name} {period} 第 {seq} 号，更正包，编号 {id}") if manifest.amends else _("{name} {period} 第 {seq} 号，报送包，编号 {id}")
        lines.append(words.format(name=manifest.street.name, period=manifest.period.label, seq=manifest.seq, id=manifest.package_id))
        lines.append(_("上一个报送包：{digest}").format(digest=manifest.prev_sha256 or _("没有")))
        if manifest.amends:
            lines.append(_("更正 {id}：{reason}").format(id=manifest.amends.package_id, reason=manifest.amends.reason))
        lines += [(_("{path}  {title}  {size} 字节") if entry.rows is None else _("{path}  {title}  {size} 字节  {rows} 行")).format(
            path=entry.path, title=entry.title, size=entry.size, rows=entry.rows) for entry in manifest.members[:_MOST_LINES]]
    return {"holds": verdict.sound, "lines": lines, "verdict": verdict.tree()}


def _asic(content: bytes) -> dict[str, Any]:
    from unionclient.submission.foreignasic import read_foreign

    found = read_foreign(content)
    lines = [_("{count} 个文件").format(count=len(found.members)), *found.remarks]
    for signature in found.signatures:
        words = (_("{file}：签名成立；签名人（未核对）{signer}；{algorithm}；签了 {count} 个文件") if signature.holds else
                 _("{file}：签名不成立或无法核对；签名人（未核对）{signer}；{algorithm}；签了 {count} 个文件"))
        lines.append(words.format(file=_plain(signature.file), signer=_plain(signature.signer) or _("不明"), algorithm=signature.algorithm,
                                  count=len(signature.covers)))
        lines += [f"    {remark}" for remark in signature.remarks]
    lines += [_("没有被签名的文件 {name}").format(name=_plain(name)) for name in found.uncovered[:20]]
    lines.append(_("作为报送包：{verdict}").format(verdict=verify.verify_bytes(content).message))
    return {
        "holds": found.holds, "lines": lines, "members": [{"name": _plain(name), "size": size} for name, size in found.members],
        "signatures": [{"file": _plain(each.file), "signer": _plain(each.signer), "algorithm": each.algorithm, "holds": each.holds,
                        "covers": [_plain(name) for name in each.covers], "remarks": list(each.remarks)} for each in found.signatures]}


def _pdf(content: bytes) -> dict[str, Any]:
    from unionclient.submission import pades

    facts, lines, fault = None, [], None
    try:
        pades.refuse_active(content)
    except pades.PdfFault as active:
        lines.append(_("内容：{fault}").format(fault=active))
    try:
        facts = pades.check_pdf(content, moment=datetime.now(UTC))
        lines.append(_("签名成立，盖住整个文件；签名人（未核对）{signer}").format(signer=_bearer(facts.certificate)))
    except pades.PdfFault as unsound:
        fault = str(unsound)
        lines.append(_("签名：{fault}").format(fault=fault))
    return {"holds": facts is not None, "fault": fault, "lines": lines}


def _office(content: bytes) -> dict[str, Any]:
    from unionclient.submission.opcverify import check_signatures

    found = check_signatures(content)
    return {"holds": True, "lines": [
        _("签名成立；签名人（未核对）{signer}；{moment:%Y-%m-%d %H:%M} UTC；签了 {count} 个部件").format(
            signer=_bearer(each.certificate), moment=each.signed_at, count=len(each.signed)) for each in found]}


def _encrypted(content: bytes) -> dict[str, Any]:
    return {"lines": [_("{size} 字节，只有区总工会的钥匙能打开；里面的签名解密后才能核验").format(size=len(content))]}


def _unknown(content: bytes) -> dict[str, Any]:
    return {"lines": [_("既不是报送包，也不是 PDF 或 Office 文件")]}


def _bearer(certificate: bytes) -> str:
    from asn1crypto import x509

    return _plain(x509.Certificate.load(certificate).subject.human_friendly)


def _plain(text: str) -> str:
    """Foreign text fit for a console: no control or direction characters, not too long."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)[:200]
