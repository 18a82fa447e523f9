"""Every check of a package by its id: what it is called, what it says in Chinese and in English, what its failure means.

The order is that of the checks. Limits: sentences only; the checks themselves are in `verify` and the modules it calls.
"""

from dataclasses import dataclass

VALID, UNTRUSTED, INVALID, UNSAFE, REPLAY = "valid", "untrusted", "invalid", "unsafe", "replay"
EXIT_CODES = {VALID: 0, INVALID: 1, UNTRUSTED: 2, UNSAFE: 3, REPLAY: 4}
EXIT_USAGE = 5
# What is said of the whole, without the reason.
RESULTS = {
    VALID: ("有效", "valid"), UNTRUSTED: ("签名人未确认", "untrusted"), INVALID: ("无效", "invalid"),
    UNSAFE: ("不安全", "unsafe"), REPLAY: ("顺序不对", "out of sequence")}


@dataclass(frozen=True, slots=True)
class Check:
    """`failure` is the result of a package that fails it; pairs are Chinese and English: name, sentence held, sentence broken."""

    failure: str
    title: tuple[str, str]
    held: tuple[str, str]
    broken: tuple[str, str]


CHECKS: dict[str, Check] = {
    "file": Check(INVALID, ("文件可读", "File"), ("文件能打开", "the file can be opened"),
                  ("文件打不开，或者不是报送包", "the file cannot be opened or is no package")),
    "encryption": Check(INVALID, ("加密", "Encryption"), ("已解密，加密后没有改过", "decrypted; unchanged since it was encrypted"),
                        ("加密文件打不开", "the encrypted file does not open: damaged or changed")),
    "layout": Check(UNSAFE, ("容器结构", "Structure"),
                    ("文件结构完整，没有拼接、隐藏、加密或快捷方式", "nothing in the ZIP is glued, hidden, encrypted or linked"),
                    ("文件结构不合规定", "the ZIP is not of the one form that is taken")),
    "limits": Check(UNSAFE, ("大小与数量", "Limits"), ("大小和文件数在限度之内", "size and number of files are within the limits"),
                    ("文件过大或过多", "the package is too large or has too many files")),
    "names": Check(UNSAFE, ("文件名", "Names"), ("文件名安全，没有重名", "all names are safe and none stands twice"),
                   ("文件名不安全或重复", "a name is unsafe or stands twice")),
    "profile": Check(INVALID, ("本程序的写法", "Our form"), ("容器是本程序写的那一种", "the container is of the one form that we write"),
                     ("容器是别的程序写的", "the container was written by another program")),
    "mimetype": Check(INVALID, ("容器类型", "Container type"), ("是 ASiC-E 容器", "it says that it is an ASiC-E container"),
                      ("不是 ASiC-E 容器", "it does not say first that it is an ASiC-E container")),
    "signature-present": Check(INVALID, ("有签名", "Signed"), ("包有签名", "the package is signed"), ("包没有签名", "the package is not signed")),
    "algorithms": Check(INVALID, ("签名算法", "Algorithms"), ("算法和钥匙长度符合要求", "algorithms and key length are strong enough"),
                        ("算法太弱或不允许", "an algorithm is too weak or not allowed")),
    "signing-certificate": Check(INVALID, ("签名绑定证书", "Bound certificate"),
                                 ("签名绑定了所附的证书", "the signature is bound to the certificate beside it"),
                                 ("签名没有绑定所附的证书", "the signature is not bound to the certificate beside it")),
    "signature": Check(INVALID, ("签名成立", "Signature"), ("签名成立", "the signature holds over the list of files"),
                       ("签名不成立", "the signature does not hold over the list of files")),
    "certificate-use": Check(UNTRUSTED, ("证书用途", "Certificate's use"),
                             ("证书可用于签名，并写明单位", "the certificate is for signing and names its bearer"),
                             ("证书不能用于签名", "the certificate is not for signing or names nobody")),
    "certificate-dates": Check(UNTRUSTED, ("证书有效期", "Certificate's dates"), ("证书在有效期内", "the certificate was in force"),
                               ("证书不在有效期内", "the certificate was not in force")),
    "trust-chain": Check(UNTRUSTED, ("区里签发", "Issued by the district"), ("证书由区根证书签发", "the district's root issued the certificate"),
                         ("证书不是区里签发的", "the district's root did not issue the certificate")),
    "trust-revoked": Check(UNTRUSTED, ("未被吊销", "Not revoked"),
                           ("证书没有吊销", "the certificate is not revoked"), ("证书已吊销", "the certificate is revoked")),
    "trust-list": Check(UNTRUSTED, ("吊销列表", "Revocation list"), ("吊销列表没有过期", "the revocation list is current"),
                        ("吊销列表太旧，或者没有", "the revocation list is too old or missing")),
    "trust-register": Check(UNTRUSTED, ("登记册", "Register"), ("证书登记在这个街道名下", "the register has the certificate for this street"),
                            ("证书没有登记在这个街道名下", "the register does not have the certificate for this street")),
    "trust-dates": Check(UNTRUSTED, ("证书有效期", "Certificate's dates"), ("证书在有效期内", "the certificate was in force"),
                         ("证书不在有效期内", "the certificate was not in force")),
    "trust": Check(UNTRUSTED, ("证书已登记", "Known certificate"), ("签名人的证书是给定的那一张", "the signer's certificate is one of those given"),
                   ("签名人的证书不在给定的证书之中", "the signer's certificate is not among those given")),
    "asic-manifest": Check(INVALID, ("签名清单", "List of files"), ("签名清单可以判读", "the signed list of files can be read"),
                           ("签名清单读不出来", "the signed list of files cannot be taken")),
    "members": Check(INVALID, ("文件齐全", "Files complete"), ("包内文件与签名清单一致", "the files are exactly those of the signed list"),
                     ("包内文件多了或少了", "files are missing from the package or were added to it")),
    "digests": Check(INVALID, ("文件未被改动", "Files unchanged"), ("文件在签名后没有改过", "no file was changed after signing"),
                     ("有文件在签名后被改过", "a file was changed after signing")),
    "second-signature": Check(INVALID, ("第二签名", "Second signature"), ("国密算法（SM2）第二签名成立", "the second signature (SM2) holds"),
                              ("国密算法（SM2）第二签名不成立", "the second signature (SM2) does not hold")),
    "manifest": Check(INVALID, ("报送说明", "Manifest"), ("报送说明可以判读", "manifest.json is of the known schema"),
                      ("报送说明读不出来", "manifest.json is not of the known schema")),
    "signer": Check(INVALID, ("说明与签名人一致", "Signer as stated"), ("报送说明写的街道就是签名人", "manifest.json names this signer and street"),
                    ("报送说明写的街道不是签名人", "manifest.json names another signer or street")),
    "types": Check(UNSAFE, ("文件类型", "Kinds of files"), ("只有允许的文件类型", "all files are of the kinds allowed"),
                   ("有不允许的文件类型", "a file is of a kind that is not allowed")),
    "entries": Check(INVALID, ("说明与文件一致", "Files as stated"), ("报送说明与包内文件一致", "manifest.json and the files agree"),
                     ("报送说明与包内文件不一致", "manifest.json and the files do not agree")),
    "data": Check(INVALID, ("数据表", "Tables"), ("数据表与说明相符", "the tables are as described"), ("数据表与说明不符", "a table is not as described")),
    "controls": Check(INVALID, ("行数与合计", "Rows and sums"), ("重新计算的行数和合计与写明的一致", "rows and sums counted again are as stated"),
                      ("行数或合计与写明的不一致", "rows or sums are not as stated")),
    "source": Check(INVALID, ("表格与数据对应", "Files from tables"), ("表格写明的行数和合计与数据一致", "files made from tables state their rows and sums"),
                    ("表格写明的行数或合计与数据不一致", "a file made from a table states other rows or sums")),
    "pdf-content": Check(UNSAFE, ("PDF 内容安全", "PDF inert"), ("PDF 里没有会自动执行的内容", "no PDF can act or holds other files"),
                         ("PDF 里有会自动执行的内容", "a PDF can act, holds other files or is damaged")),
    "pdf-signature": Check(INVALID, ("PDF 签名", "PDF signatures"),
                           ("每份 PDF 都由同一签名人认证，签名后没有改过", "every PDF is certified by the same signer and unchanged"),
                           ("PDF 的签名不成立", "a PDF's signature does not hold over the whole file")),
    "pdf-source": Check(INVALID, ("PDF 与数据对应", "PDFs from tables"), ("PDF 里的数与数据表一致", "every PDF was printed from its table"),
                        ("PDF 里的数与数据表不一致", "a PDF was printed from other data")),
    "workbook-content": Check(UNSAFE, ("工作簿内容安全", "Workbooks inert"),
                              ("工作簿里没有宏、外部链接和公式", "no workbook has macros, links, objects or formulas"),
                              ("工作簿里有宏、外部链接、公式或异常内容", "a workbook has macros, links, objects, formulas or is a bomb")),
    "workbook-signature": Check(INVALID, ("工作簿签名", "Workbook signatures"),
                                ("每份工作簿都由同一签名人签名，签名后没有改过", "every workbook is signed by the same signer and unchanged"),
                                ("工作簿的签名不成立", "a workbook's signature does not hold over all its parts")),
    "workbook-source": Check(INVALID, ("工作簿与数据对应", "Workbooks from tables"), ("工作簿里的数与数据表一致", "every workbook says the same as its table"),
                             ("工作簿里的数与数据表不一致", "a workbook says something else than its table")),
    "sequence-duplicate": Check(REPLAY, ("没有收到过", "Not received before"), ("这个报送包没有收到过", "this package was not received before"),
                                ("这个报送包已经收到过", "this very package was received before")),
    "sequence-fork": Check(REPLAY, ("接在上一个之后", "Follows the last"), ("接在已收到的上一个报送包之后", "it follows the package received before"),
                           ("与已收到的报送包冲突", "it contradicts a package received before")),
    "sequence-replay": Check(REPLAY, ("不是旧包", "Not an old one"), ("编号比已收到的大", "its number is higher than those received"),
                             ("编号比已收到的小", "its number is lower than one received")),
    "sequence-gap": Check(REPLAY, ("中间没有缺号", "No gap"), ("编号与已收到的相连", "no number before it is missing"),
                          ("前面的报送包没有收到", "packages before it were not received")),
    "worker": Check(UNSAFE, ("检查过程", "Checking"),
                    ("检查按时完成", "the check ended in time"), ("检查超过时间或内存限度", "the check took too much time or memory")),
}
TITLES = {name: check.title[0] for name, check in CHECKS.items()}
