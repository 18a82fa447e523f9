"""The fonts on paper: everything an office writes can be printed, and what cannot is visible."""

import hashlib
import os
import re
import shutil
from pathlib import Path

import pytest

from unionclient.definition.places import root
from unionclient.printing import fonts

SHARED = Path(os.environ.get("UNIONCLIENT_SHARED", Path(__file__).resolve().parents[2].parent / "shared"))
RARE = "龑堃㛃𬱖䶮喆祎赟翀"


def test_the_rare_characters_of_names_are_there():
    assert fonts.missing(RARE) == ()


def test_signs_and_boxes_of_forms_are_there():
    assert fonts.missing("□☐☑☒√×✓■—…“”‘’·①㈠Ⅰ℃№㎡〔〕（）：；￥％＿《》") == ()


@pytest.mark.parametrize("name", fonts.names())
def test_every_font_has_the_rare_characters_itself(name):
    assert all(run.font == name for run in fonts.runs(RARE, name))


def test_all_of_gbk_is_there():
    wanted = set()
    for high in range(0x81, 0xFF):
        for low in range(0x40, 0xFF):
            try:
                wanted.add(bytes((high, low)).decode("gbk"))
            except UnicodeDecodeError:
                continue
    hanzi = "".join(sorted(char for char in wanted if "\u4e00" <= char <= "\u9fa5"))
    assert len(hanzi) == 20902
    assert fonts.missing(hanzi) == ()


def test_the_general_standard_characters_are_there():
    path = SHARED / "corpora" / "text" / "general-standard-characters-8105.txt"
    if not path.exists():
        pytest.skip("the shared corpora are not here")
    characters = "".join(path.read_text(encoding="utf-8").split())
    assert len(characters) == 8105
    assert fonts.missing(characters) == ()


def test_postscript_and_full_names_are_unique():
    faces = [font.face for font in fonts.faces().values()]
    assert len({face.name for face in faces}) == len(faces)
    assert all(face.name.startswith(b"UC") for face in faces)


def test_bold_hei_song_draw_different_glyphs():
    shapes = {bytes(fonts.faces()[name].face.makeSubset([0, ord("工")])) for name in fonts.names()}
    assert len(shapes) == len(fonts.names())


def test_digits_have_one_width_so_that_columns_align():
    for name in fonts.names():
        assert len({fonts.widths(name)[digit] for digit in "0123456789"}) == 1


def test_a_character_of_no_font_is_reported_and_keeps_its_place():
    assert fonts.missing("火\U0001f600灾\U00020000\U0001f600") == ("\U0001f600", "\U00020000")
    assert fonts.runs("火\U0001f600灾", "UCSong") == (fonts.Run("UCSong", "火"), fonts.Run(None, "\U0001f600"), fonts.Run("UCSong", "灾"))
    assert fonts.widths("UCSong")["\U0001f600"] == 1.0


def test_a_lone_surrogate_is_a_missing_character_and_no_crash():
    assert fonts.missing("\ud800") == ("\ud800",)


def test_a_character_the_bold_lacks_comes_from_the_next_font():
    only_hei = next(char for char in fonts.widths("UCHei").own if char not in fonts.widths("UCSong").own)
    assert [run.font for run in fonts.runs(f"工{only_hei}会", "UCSong")] == ["UCSong", "UCHei", "UCSong"]


def test_shapeless_characters_take_no_room():
    assert fonts.printable("张\u200b三\ufeff\u00a0\u2003李\ufe0f") == "张三  李"
    assert fonts.missing("张\u200b三\t李") == ()


def test_the_files_are_those_the_readme_names():
    folder = root() / "resources" / "fonts"
    named = re.findall(r"`(\w+-\w+\.ttf)` .*`([0-9a-f]{64})`", (folder / "README.md").read_text(encoding="utf-8"))
    assert {name for name, _ in named} == {path.name for path in folder.glob("*.ttf")}
    for name, expected in named:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == expected
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")


def test_letters_are_set_in_the_fangsong_of_the_pc_where_it_has_one(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "_found_on_pc", {})
    for name in ("WINDIR", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    assert fonts.prose.__wrapped__() == fonts.SONG
    (tmp_path / "Fonts").mkdir()
    (tmp_path / "Fonts" / "simfang.ttf").write_bytes(b"damaged")
    monkeypatch.setenv("WINDIR", str(tmp_path))
    assert fonts.prose.__wrapped__() == fonts.SONG
    shutil.copy(root() / "resources" / "fonts" / "UCHei-Regular.ttf", tmp_path / "Fonts" / "simfang.ttf")
    assert fonts.prose.__wrapped__() == fonts.FANG and fonts.face(fonts.FANG).face.charWidths
