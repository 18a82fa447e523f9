"""Asks LibreOffice what it thinks of the signatures of files, or to sign one. Run by an interpreter that has UNO (Debian: python3-uno), not by pytest.

`python3 office_asks.py <soffice> <profile folder> FILE…` prints JSON: for each file a list of {valid, trusted, signer, partial}.
`python3 office_asks.py <soffice> <profile folder> --sign FILE` has it sign with the first own certificate of the NSS database.
The NSS database with the trusted roots is named by MOZILLA_CERTIFICATE_FOLDER. Limits: Linux; one office per call.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

WAIT = 60.0
READ, READ_WRITE = 1, 7          # com.sun.star.embed.ElementModes; writing takes reading and seeking with it


def main(office, profile, files):
    pipe = f"pipe,name=unionclient-{os.getpid()}"
    process = subprocess.Popen([
        office, "--headless", "--invisible", "--norestore", "--nologo", "--nodefault", f"-env:UserInstallation={Path(profile).as_uri()}",
        f"--accept={pipe};urp;StarOffice.ComponentContext"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True)
    try:
        context = connected(f"uno:{pipe};urp;StarOffice.ComponentContext", process)
        if files[0] == "--sign":
            sign(context, Path(files[1]).resolve())
        else:
            print(json.dumps({name: signatures(context, Path(name).resolve()) for name in files}))
        context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context).terminate()
        process.wait(WAIT)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)      # soffice starts others, which would stay


def connected(address, process):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + WAIT
    while True:
        try:
            return resolver.resolve(address)
        except Exception:               # NoConnectException until the office listens
            if process.poll() not in (None, 0) or time.monotonic() > until:
                raise
            time.sleep(0.1)


def judge_of(context):
    return context.ServiceManager.createInstanceWithArgumentsAndContext(
        "com.sun.star.security.DocumentDigitalSignatures", ("1.2", True), context)


def storage_of(context, path, mode):
    storages = context.ServiceManager.createInstanceWithContext("com.sun.star.embed.StorageFactory", context)
    zipped = PropertyValue()
    zipped.Name, zipped.Value = "StorageFormat", "ZipFormat"
    # The sequence must say its type, else: "wrong 3rd arg".
    options = uno.Any("[]com.sun.star.beans.PropertyValue", (zipped,))
    return uno.invoke(storages, "createInstanceWithArguments", ((path.as_uri(), mode, options),))


def signatures(context, path):
    judge = judge_of(context)
    if path.suffix == ".pdf":
        access = context.ServiceManager.createInstanceWithContext("com.sun.star.ucb.SimpleFileAccess", context)
        found = judge.verifyDocumentContentSignatures(None, access.openFileRead(path.as_uri()))
    else:
        found = judge.verifyDocumentContentSignatures(storage_of(context, path, READ), None)
    return [{"valid": each.SignatureIsValid, "trusted": each.CertificateStatus == 0, "signer": each.Signer.SubjectName if each.Signer else "",
             "partial": each.PartialDocumentSignature} for each in found]


def sign(context, path):
    store = context.ServiceManager.createInstanceWithContext("com.sun.star.xml.crypto.NSSInitializer", context)
    certificate = store.createSecurityContext("").getSecurityEnvironment().getPersonalCertificates()[0]
    storage = storage_of(context, path, READ_WRITE)
    print(json.dumps(judge_of(context).signDocumentWithCertificate(certificate, storage, None)))
    storage.dispose()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
