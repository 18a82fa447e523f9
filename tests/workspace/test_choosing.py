"""Readings the source leaves open: offered, chosen, logged, and at once in the figures."""

import pytest

from unionclient.definition.faults import UnionClientError


def made(workspace, name):
    return next(c for c in workspace.choices_made() if c.setting.id == name)


def test_every_setting_of_the_definitions_stands_at_its_default(workspace):
    found = workspace.choices_made()
    assert [c.setting.id for c in found] == list(workspace.library.settings)
    assert all(c.value == c.setting.default and not c.chosen for c in found)


def test_a_choice_holds_is_logged_and_goes_back(workspace):
    setting = next(s for s in workspace.library.settings.values() if s.kind == "choice")
    other = list(setting.choices)[1]
    workspace.choose(setting.id, other)
    assert (made(workspace, setting.id).value, made(workspace, setting.id).chosen) == (other, True)
    entry = workspace.log(1)[0]
    assert (entry.title, entry.record, entry.new) == ("修改设置", setting.id, {"before": None, "after": other})
    workspace.choose(setting.id, setting.default)
    assert not made(workspace, setting.id).chosen


def test_a_choice_may_be_named_by_its_words(workspace):
    setting = next(s for s in workspace.library.settings.values() if s.kind == "choice")
    other, words = list(setting.choices.items())[1]
    workspace.choose(setting.id, words)
    assert made(workspace, setting.id).value == other


@pytest.mark.parametrize(("kind", "value"), [("choice", "没有这种口径"), ("number", "三十"), ("text", "多数"), ("text", "4/3")])
def test_what_a_setting_does_not_offer_is_refused(workspace, kind, value):
    setting = next(s for s in workspace.library.settings.values() if s.kind == kind and (kind != "text" or "/" in s.default))
    with pytest.raises(UnionClientError, match=setting.title):
        workspace.choose(setting.id, value)
    assert not made(workspace, setting.id).chosen


def test_an_unknown_setting_is_refused(workspace):
    with pytest.raises(UnionClientError, match="没有设置"):
        workspace.choose("nothing", "1")


def test_figures_follow_a_choice_and_say_it(workspace):
    figure = next(f for f in workspace.figures("2017Y") if any(n in workspace.library.settings for n in f.rests_on))
    setting = workspace.library.settings[next(n for n in figure.rests_on if n in workspace.library.settings)]
    value = list(setting.choices)[1] if setting.choices else "77"
    workspace.choose(setting.id, value)
    after = next(f for f in workspace.figures("2017Y") if f.id == figure.id)
    assert setting.words(value) in after.reading and after.reading != figure.reading
