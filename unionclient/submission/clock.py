"""Is a clock wrong? On the sending side before signing, on the receiving side when a package comes in.

Limits: nothing here sets a clock or forbids a package; a suspicion is told, written into the manifest
(`clock_suspect`) and left to people. A time in a signature is only the signer's claim.
"""

from datetime import datetime, timedelta

# Writing into a folder of another machine, daylight saving and small corrections must not alarm anybody.
SLACK = timedelta(minutes=10)
# Offices hand something in every quarter; longer silence than this means a clock that runs ahead, or a very old folder.
SILENCE = timedelta(days=400)
# A package may be carried for a while, but it cannot have been signed in the future.
_CLOCK_SLACK = timedelta(days=1)


def suspect(now: datetime, *, last_package: datetime | None = None, list_made: datetime | None = None,
            newest_entry: datetime | None = None) -> str:
    """Why the sender's clock (`now`) is probably wrong, in Chinese; empty where nothing speaks against it.

    `last_package` is when the package before was made, `list_made` the date of the newest revocation list, and
    `newest_entry` the latest moment in the change log. All aware; those not known are None.
    """
    known = [(moment, words) for moment, words in (
        (last_package, "上一个报送包的时间"), (list_made, "吊销列表的日期"), (newest_entry, "最近一次录入的时间")) if moment is not None]
    for moment, words in known:
        if now < moment - SLACK:
            return f"电脑时间 {_shown(now)} 早于{words} {_shown(moment)}，可能慢了"
    if known and now - max(moment for moment, _ in known) > SILENCE:
        return f"电脑时间 {_shown(now)} 比最近的记录晚一年以上，可能快了"
    return ""


def sender_suspect(signed_at: datetime, received: datetime, *, previous_signed: datetime | None = None,
                   list_made: datetime | None = None) -> str:
    """Why the clock of the one who signed is probably wrong, by the receiver's own time; empty where it is not.

    `previous_signed` is the claimed time of the package before, `list_made` the date of the list the package names.
    """
    if signed_at > received + _CLOCK_SLACK:
        return f"签名时间 {_shown(signed_at)} 晚于收到的时间，报送单位的时钟可能快了"
    if previous_signed is not None and signed_at < previous_signed - SLACK:
        return f"签名时间 {_shown(signed_at)} 早于上一个报送包 {_shown(previous_signed)}，报送单位的时钟可能慢了"
    if list_made is not None and signed_at < list_made - SLACK:
        return f"签名时间 {_shown(signed_at)} 早于它所用的吊销列表 {_shown(list_made)}，报送单位的时钟可能慢了"
    return ""


def _shown(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
