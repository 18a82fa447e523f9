"""README.txt of a package: how anybody checks it with openssl and sha256sum, in Chinese and English.

Limits: manifest.json names the digest of this file, so its own digest cannot stand here; the list that is signed has both.
"""

import hashlib
from collections.abc import Mapping

from unionclient.submission.manifest import Member, Period, Street

_TEXT = """\
基层工会台账报送包   Signed package of a street trade union
========================================================

报送单位 / From      {name}  {code}
报送时期 / Period    {label}  ({start} .. {end})
序号 / Sequence      {seq}
证书指纹 / Signer's certificate, SHA-256
  {fingerprint}

本包是一个 ZIP 文件（ASiC-E）：把文件名末尾的 .asice 改成 .zip 即可打开查看。
台账程序的“核验”会检查全部内容。没有台账程序时，解压后在该文件夹中按下面三步检查。

This file is a ZIP (ASiC-E): rename .asice to .zip to look inside.
Without the program, unpack it and run these three steps in the folder.

1. 取出签名人证书，与报送单位电话核对指纹 / Take out the signer's certificate; compare the fingerprint by telephone

   openssl cms -verify -noverify -binary -inform DER -in META-INF/signature001.p7s \\
     -content META-INF/ASiCManifest001.xml -signer signer.pem -out /dev/null
   openssl x509 -in signer.pem -noout -subject -dates -fingerprint -sha256

2. 核验签名和证书 / Check the signature over the list of files, and the certificate

   ca.pem 由区总工会提供（根证书和吊销列表）/ ca.pem comes from the district (root and revocation list):
   openssl cms -verify -cades -binary -inform DER -in META-INF/signature001.p7s \\
     -content META-INF/ASiCManifest001.xml -CAfile ca.pem -crl_check -out /dev/null

   还没有 ca.pem 时，只能核验签名本身 / Without ca.pem, the signature alone:
   openssl cms -verify -cades -binary -inform DER -in META-INF/signature001.p7s \\
     -content META-INF/ASiCManifest001.xml -CAfile signer.pem -partial_chain -out /dev/null

3. 核对每个文件 / Check every file

   grep -E '^[0-9a-f]{{64}}  ' README.txt | sha256sum -c

   manifest.json 与本文件的摘要在 META-INF/ASiCManifest001.xml 中（Base64）。
   For manifest.json and this file compare with META-INF/ASiCManifest001.xml:
   openssl dgst -sha256 -binary manifest.json | openssl base64

4. 单独核对工作簿和 PDF / Workbooks and PDFs by themselves

   每个工作簿和 PDF 另有签名，取出后仍能核验（先信任区根证书）：LibreOffice 或 Microsoft Office 的“数字签名”，PDF 阅读器，pdfsig。
   Each carries a signature of its own: see "digital signatures" in LibreOffice or Microsoft Office, a PDF reader, or pdfsig.
   电子表格软件另存后签名即失效，请保留原件 / Saving it in another program drops the signature; keep the original.

openssl 不会发现多出的文件：包内文件应当正好是清单列出的那些。
openssl does not notice added files: there must be exactly the files of the list.

CSV 中以 = + - @ 开头的文字前面加了一个单引号，以免被电子表格当作公式。
In the CSV files, text beginning with = + - @ has an apostrophe in front, so that no spreadsheet runs it.

文件摘要 / Digests
{sums}
"""


def leaflet(contents: Mapping[str, bytes], *, street: Street, period: Period, seq: int, fingerprint: str) -> Member:
    """README.txt naming the SHA-256 of every file in `contents` (name to content)."""
    sums = "\n".join(f"{hashlib.sha256(contents[name]).hexdigest()}  {name}" for name in sorted(contents))
    text = _TEXT.format(
        name=street.name, code=street.code, label=period.label, start=period.start, end=period.end, seq=seq,
        fingerprint=fingerprint, sums=sums)
    return Member("README.txt", "核验说明", "readme", "text/plain", text.encode("utf-8"))
