"""Every check of a package by its id: what it is called, what it says when it holds or does not, what its failure means.

The order is that of the checks. Limits: sentences only; the checks themselves are in `verify` and the modules it calls.
"""

from dataclasses import dataclass

from unionclient.definition.words import _, marked

VALID, UNTRUSTED, INVALID, UNSAFE, REPLAY = "valid", "untrusted", "invalid", "unsafe", "replay"
EXIT_CODES = {VALID: 0, INVALID: 1, UNTRUSTED: 2, UNSAFE: 3, REPLAY: 4}
EXIT_USAGE = 5
# What is said of the whole, without the reason.
RESULTS = {
    VALID: marked("有效"), UNTRUSTED: marked("签名人未确认"), INVALID: marked("无效"), UNSAFE: marked("不安全"), REPLAY: marked("顺序不对")}


@dataclass(frozen=True, slots=True)
class Check:
    """`failure` is the result of a package that fails it; its name and the sentences, held and broken, are in Chinese."""

    failure: str
    title: str
    held: str
    broken: str


CHECKS: dict[str, Check] = {
    "file": Check(INVALID, marked("文件可读"), marked("文件能打开"), marked("文件打不开，或者不是报送包")),
    "encryption": Check(INVALID, marked("加密"), marked("已解密，加密后没有改过"), marked("加密文件打不开")),
    "layout": Check(UNSAFE, marked("容器结构"), marked("文件结构完整，没有拼接、隐藏、加密或快捷方式"), marked("文件结构不合规定")),
    "limits": Check(UNSAFE, marked("大小与数量"), marked("大小和文件数在限度之内"), marked("文件过大或过多")),
    "names": Check(UNSAFE, marked("文件名"), marked("文件名安全，没有重名"), marked("文件名不安全或重复")),
    "profile": Check(INVALID, marked("本程序的写法"), marked("容器是本程序写的那一种"), marked("容器是别的程序写的")),
    "mimetype": Check(INVALID, marked("容器类型"), marked("是 ASiC-E 容器"), marked("不是 ASiC-E 容器")),
    "signature-present": Check(INVALID, marked("有签名"), marked("包有签名"), marked("包没有签名")),
    "algorithms": Check(INVALID, marked("签名算法"), marked("算法和钥匙长度符合要求"), marked("算法太弱或不允许")),
    "signing-certificate": Check(INVALID, marked("签名绑定证书"), marked("签名绑定了所附的证书"), marked("签名没有绑定所附的证书")),
    "signature": Check(INVALID, marked("签名"), marked("签名成立"), marked("签名不成立")),
    "certificate-use": Check(UNTRUSTED, marked("证书用途"), marked("证书可用于签名，并写明单位"), marked("证书不能用于签名")),
    "certificate-dates": Check(UNTRUSTED, marked("证书有效期"), marked("证书在有效期内"), marked("证书不在有效期内")),
    "trust-chain": Check(UNTRUSTED, marked("区里签发"), marked("证书由区根证书签发"), marked("证书不是区里签发的")),
    "trust-revoked": Check(UNTRUSTED, marked("未被吊销"), marked("证书没有吊销"), marked("证书已吊销")),
    "trust-list": Check(UNTRUSTED, marked("吊销列表"), marked("吊销列表没有过期"), marked("吊销列表太旧，或者没有")),
    "trust-register": Check(UNTRUSTED, marked("登记册"), marked("证书登记在这个街道名下"), marked("证书没有登记在这个街道名下")),
    "trust-dates": Check(UNTRUSTED, marked("证书有效期"), marked("证书在有效期内"), marked("证书不在有效期内")),
    "trust": Check(UNTRUSTED, marked("证书已登记"), marked("签名人的证书是给定的那一张"), marked("签名人的证书不在给定的证书之中")),
    "asic-manifest": Check(INVALID, marked("签名清单"), marked("签名清单可以判读"), marked("签名清单读不出来")),
    "members": Check(INVALID, marked("文件齐全"), marked("包内文件与签名清单一致"), marked("包内文件多了或少了")),
    "digests": Check(INVALID, marked("文件未被改动"), marked("文件在签名后没有改过"), marked("有文件在签名后被改过")),
    "second-signature": Check(INVALID, marked("第二签名"), marked("国密算法（SM2）第二签名成立"), marked("国密算法（SM2）第二签名不成立")),
    "manifest": Check(INVALID, marked("报送说明"), marked("报送说明可以判读"), marked("报送说明读不出来")),
    "signer": Check(INVALID, marked("说明与签名人一致"), marked("报送说明写的街道就是签名人"), marked("报送说明写的街道不是签名人")),
    "types": Check(UNSAFE, marked("文件类型"), marked("只有允许的文件类型"), marked("有不允许的文件类型")),
    "entries": Check(INVALID, marked("说明与文件一致"), marked("报送说明与包内文件一致"), marked("报送说明与包内文件不一致")),
    "data": Check(INVALID, marked("数据表"), marked("数据表与说明相符"), marked("数据表与说明不符")),
    "controls": Check(INVALID, marked("行数与合计"), marked("重新计算的行数和合计与写明的一致"), marked("行数或合计与写明的不一致")),
    "source": Check(INVALID, marked("表格与数据对应"), marked("表格写明的行数和合计与数据一致"), marked("表格写明的行数或合计与数据不一致")),
    "pdf-content": Check(UNSAFE, marked("PDF 内容安全"), marked("PDF 里没有会自动执行的内容"), marked("PDF 里有会自动执行的内容")),
    "pdf-signature": Check(INVALID, marked("PDF 签名"), marked("每份 PDF 都由同一签名人认证，签名后没有改过"), marked("PDF 的签名不成立")),
    "pdf-source": Check(INVALID, marked("PDF 与数据对应"), marked("PDF 里的数与数据表一致"), marked("PDF 里的数与数据表不一致")),
    "workbook-content": Check(UNSAFE, marked("工作簿内容安全"), marked("工作簿里没有宏、外部链接和公式"), marked("工作簿里有宏、外部链接、公式或异常内容")),
    "workbook-signature": Check(INVALID, marked("工作簿签名"), marked("每份工作簿都由同一签名人签名，签名后没有改过"), marked("工作簿的签名不成立")),
    "workbook-source": Check(INVALID, marked("工作簿与数据对应"), marked("工作簿里的数与数据表一致"), marked("工作簿里的数与数据表不一致")),
    "sequence-duplicate": Check(REPLAY, marked("没有收到过"), marked("这个报送包没有收到过"), marked("这个报送包已经收到过")),
    "sequence-fork": Check(REPLAY, marked("接在上一个之后"), marked("接在已收到的上一个报送包之后"), marked("与已收到的报送包冲突")),
    "sequence-replay": Check(REPLAY, marked("不是旧包"), marked("编号比已收到的大"), marked("编号比已收到的小")),
    "sequence-gap": Check(REPLAY, marked("中间没有缺号"), marked("编号与已收到的相连"), marked("前面的报送包没有收到")),
    "worker": Check(UNSAFE, marked("检查过程"), marked("检查按时完成"), marked("检查超过时间或内存限度")),
}


def title_of(check: str) -> str:
    """What a check is called."""
    return _(CHECKS[check].title)


def sentence_of(check: str, ok: bool) -> str:
    """What a check says where there is no more to say."""
    return _(CHECKS[check].held if ok else CHECKS[check].broken)
