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

from unionclient.submission import container, verify

PACKAGE, ASIC, PDF, OFFICE, ENCRYPTED, UNKNOWN = "package", "asic", "pdf", "office", "encrypted", "unknown"
TITLES = {
    PACKAGE: "报送包", ASIC: "签名容器（不是本程序的报送包）", PDF: "PDF 文件", OFFICE: "Office 文件", ENCRYPTED: "加密的报送包",
    UNKNOWN: "不认识的文件"}
_MOST_LINES = 200


def look(path: Path | str) -> dict[str, Any]:
    """Facts as JSON: `kind`, `title`, `holds` (signatures compute over what they are on), `fault`, `lines` to show, and more by kind."""
    try:
        with open(path, "rb") as file:
            content = file.read(container.MOST_BYTES + 1)
    except OSError as fault:
        return _told(UNKNOWN, fault=f"文件打不开：{fault.strerror or '未知原因'}")
    return look_into(content)


def look_into(content: bytes) -> dict[str, Any]:
    """As `look`, from memory. Never raises for what the content is."""
    if len(content) > container.MOST_BYTES:
        return _told(UNKNOWN, fault=f"文件超过 {container.MOST_BYTES >> 20} 兆字节")
    kind, work = _kind(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return {**_told(kind), **work(content)}
        except Exception as fault:  # the edge: any library may raise anything on a foreign file
            known = type(fault).__module__.startswith("unionclient.")
            return _told(kind, fault=str(fault) if known else f"内容异常，无法判读（{type(fault).__name__}）")


def _told(kind: str, **more: Any) -> dict[str, Any]:
    told = {"kind": kind, "title": TITLES[kind], "holds": False, "fault": None, "lines": [], **more}
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
    return (ENCRYPTED, _encrypted) if is_encrypted(content) else (UNKNOWN, lambda _: {"lines": ["既不是报送包，也不是 PDF 或 Office 文件"]})


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
        lines.append(f"签名人（未核对）：{signer.name}，街道代码 {signer.street_code}，证书 {signer.fingerprint[:16]}…，"
                     f"有效期 {signer.not_before:%Y-%m-%d} 至 {signer.not_after:%Y-%m-%d}")
        lines.append(f"签名时间（签名人自称）：{signer.signed_at:%Y-%m-%d %H:%M} UTC")
    if manifest := verdict.manifest:
        lines.append(f"{manifest.street.name} {manifest.period.label} 第 {manifest.seq} 号，{'更正包' if manifest.amends else '报送包'}，编号 {manifest.package_id}")
        lines.append(f"上一个报送包：{manifest.prev_sha256 or '没有'}")
        if manifest.amends:
            lines.append(f"更正 {manifest.amends.package_id}：{manifest.amends.reason}")
        lines += [f"{entry.path}  {entry.title}  {entry.size} 字节{f'  {entry.rows} 行' if entry.rows is not None else ''}"
                  for entry in manifest.members[:_MOST_LINES]]
    return {"holds": verdict.sound, "lines": lines, "verdict": verdict.tree()}


def _asic(content: bytes) -> dict[str, Any]:
    from unionclient.submission.foreignasic import read_foreign

    found = read_foreign(content)
    lines = [f"{len(found.members)} 个文件", *found.remarks]
    for signature in found.signatures:
        state = "签名成立" if signature.holds else "签名不成立或无法核对"
        lines.append(f"{_plain(signature.file)}：{state}；签名人（未核对）{_plain(signature.signer) or '不明'}；{signature.algorithm}；签了 {len(signature.covers)} 个文件")
        lines += [f"    {remark}" for remark in signature.remarks]
    lines += [f"没有被签名的文件 {_plain(name)}" for name in found.uncovered[:20]]
    lines.append(f"作为报送包：{verify.verify_bytes(content).message}")
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
        lines.append(f"内容：{active}")
    try:
        facts = pades.check_pdf(content, moment=datetime.now(UTC))
        lines.append(f"签名成立，盖住整个文件；签名人（未核对）{_bearer(facts.certificate)}")
    except pades.PdfFault as unsound:
        fault = str(unsound)
        lines.append(f"签名：{fault}")
    return {"holds": facts is not None, "fault": fault, "lines": lines}


def _office(content: bytes) -> dict[str, Any]:
    from unionclient.submission.opcverify import check_signatures

    found = check_signatures(content)
    return {"holds": True, "lines": [
        f"签名成立；签名人（未核对）{_bearer(each.certificate)}；{each.signed_at:%Y-%m-%d %H:%M} UTC；签了 {len(each.signed)} 个部件" for each in found]}


def _encrypted(content: bytes) -> dict[str, Any]:
    return {"lines": [f"{len(content)} 字节，只有区总工会的钥匙能打开；里面的签名解密后才能核验"]}


def _bearer(certificate: bytes) -> str:
    from asn1crypto import x509

    return _plain(x509.Certificate.load(certificate).subject.human_friendly)


def _plain(text: str) -> str:
    """Foreign text fit for a console: no control or direction characters, not too long."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)[:200]
