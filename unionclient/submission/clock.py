"""Is a clock wrong? On the sending side before signing, on the receiving side when a package comes in.

Limits: nothing here sets a clock or forbids a package; a suspicion is told, written into the manifest
(`clock_suspect`) and left to people. A time in a signature is only the signer's claim.
"""

from datetime import datetime, timedelta

from unionclient.definition.words import _

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
        (last_package, _("电脑时间 {now} 早于上一个报送包的时间 {moment}，可能慢了")), (list_made, _("电脑时间 {now} 早于吊销列表的日期 {moment}，可能慢了")),
        (newest_entry, _("电脑时间 {now} 早于最近一次录入的时间 {moment}，可能慢了"))) if moment is not None]
    for moment, words in known:
        if now < moment - SLACK:
            return words.format(now=_shown(now), moment=_shown(moment))
    if known and now - max(each[0] for each in known) > SILENCE:
        return _("电脑时间 {now} 比最近的记录晚一年以上，可能快了").format(now=_shown(now))
    return ""


def sender_suspect(signed_at: datetime, received: datetime, *, previous_signed: datetime | None = None,
                   list_made: datetime | None = None) -> str:
    """Why the clock of the one who signed is probably wrong, by the receiver's own time; empty where it is not.

    `previous_signed` is the claimed time of the package before, `list_made` the date of the list the package names.
    """
    if signed_at > received + _CLOCK_SLACK:
        return _("签名时间 {moment} 晚于收到的时间，报送单位的时钟可能快了").format(moment=_shown(signed_at))
    if previous_signed is not None and signed_at < previous_signed - SLACK:
        return _("签名时间 {moment} 早于上一个报送包 {other}，报送单位的时钟可能慢了").format(
            moment=_shown(signed_at), other=_shown(previous_signed))
    if list_made is not None and signed_at < list_made - SLACK:
        return _("签名时间 {moment} 早于它所用的吊销列表 {other}，报送单位的时钟可能慢了").format(
            moment=_shown(signed_at), other=_shown(list_made))
    return ""


def _shown(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
