"""Texts and marks of every theme can be told from what they stand on: the ratios of WCAG 2.2, 1.4.3 and 1.4.11, by computation."""

import pytest

from unionclient.ui.theme import CONTRAST, DARK, LIGHT

PAPERS = ("window", "surface", "stripe")
LEVELS = ("block", "warn", "hint")
TEXTS = [(ink, paper) for ink in ("text", "muted", "accent", "block", "warn", "hint", "good") for paper in PAPERS] \
    + [(ink, f"{level}_tint") for level in LEVELS for ink in ("text", level)] \
    + [("on_accent", "accent"), ("on_accent", "accent_deep"), ("on_chosen", "chosen")]
# Disabled texts are free of any ratio; ours keep that of a mark, as do edges of inputs, handles and the marks of a chosen row.
MARKS = [("faint", "window"), ("faint", "surface"), ("handle", "window"), ("accent", "surface"),
         *((ink, "chosen") for ink in (*LEVELS, "good", "muted"))]


def luminance(colour):
    parts = (int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def weak(tones, pairs, least):
    found = {pair: ratio(getattr(tones, pair[0]), getattr(tones, pair[1])) for pair in pairs}
    return {pair: round(value, 2) for pair, value in found.items() if value < least}


def test_the_ratio_is_that_of_the_guideline():
    assert round(ratio("#000000", "#ffffff"), 2) == 21 and round(ratio("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize(("tones", "text"), [(LIGHT, 4.5), (DARK, 4.5), (CONTRAST, 7)], ids=lambda each: getattr(each, "name", None))
def test_nothing_is_too_faint(tones, text):
    assert weak(tones, TEXTS, text) == {} and weak(tones, MARKS, 3) == {}
