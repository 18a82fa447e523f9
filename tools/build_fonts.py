"""Builds the program's own fonts into `resources/fonts/`: a developer's step, never run by the program.

    python tools/build_fonts.py --hei NotoSansSC[wght].ttf --song NotoSerifCJK-Regular.ttc --characters LIST.txt

Static TrueType outlines with family and PostScript names of our own: reportlab reads no CFF, prints only the
default instance of a variable font, and lets two fonts of one PostScript name share their glyphs.
Needs fontTools in an environment of its own (it is no dependency of the program). The inputs are pinned by SHA-256;
the same inputs and the same fontTools give the same bytes. About a minute and 0.4 GB of memory.
"""

import argparse
import hashlib
import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont, newTable
from fontTools.varLib import instancer

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "fonts"
PINS = {  # file name -> SHA-256, origin
    "NotoSansSC[wght].ttf": ("a3041811a78c361b1de50f953c805e0244951c21c5bd412f7232ef0d899af0da", "package justmytype-intl-cjk 0.1.0"),
    "NotoSerifCJK-Regular.ttc": ("a04178ec485dffdff7cc0c0c20e1fce9202d7e2160d805e8e44a4c8841c58481", "Debian fonts-noto-cjk 20220127"),
    "general-standard-characters-8105.txt": ("d307c7ceddbbdffe3fc97c81d330ae46816f84eff1de7c9d435f6afe2d74f6f0", "通用规范汉字表 (2013), one character per line"),
}
# Names of people and places that lists forget; tests hold them.
RARE = "龑堃㛃𬱖䶮喆祎赟翀彧晟珺琞翊烨燚珅玥曌淼骉靐"
SIGNS = "□√×✓■●○◎△▲▽▼★☆◆◇→←↑↓─│┌┐└┘├┤┬┴┼╱╲…—–‘’“”·、。〈〉《》「」『』【】〔〕（）％‰℃℉№㎡㎥㎏㎜㎝￥¥€①②③④⑤⑥⑦⑧⑨⑩㈠㈡㈢ⅠⅡⅢⅣⅤⅥ≈≠≤≥±÷∶＿－＋／："
EXTRA_BLOCKS = ((0x20, 0x7F), (0xA0, 0x180), (0x2010, 0x2040), (0x3000, 0x3020), (0x3200, 0x3400), (0xFF01, 0xFF5F), (0x9FA6, 0xA000))
STAMP = 3_600_000_000  # head.created/modified, seconds since 1904: fixed, so that a rebuild changes nothing
BOXES = {0x2610: "", 0x2611: "√", 0x2612: "×"}  # ☐ ☑ ☒ exist in neither source and are drawn from □
NOTICE = "Built from {origin}, (c) 2014-2022 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'."


def characters(listing: Path) -> set[int]:
    """GBK, the general standard characters, Latin, signs: what a ledger of names and addresses meets."""
    wanted = {ord(c) for c in RARE + SIGNS}
    wanted |= {ord(c) for c in listing.read_text(encoding="utf-8") if ord(c) > 0x3000}
    for high in range(0x81, 0xFF):
        for low in range(0x40, 0xFF):
            try:
                wanted.add(ord(bytes((high, low)).decode("gbk")))
            except UnicodeDecodeError:
                continue
    for first, last in EXTRA_BLOCKS:
        wanted |= set(range(first, last))
    return wanted


def read_pinned(path: Path) -> Path:
    """Refuse an input other than the one the committed fonts were made from."""
    expected, origin = PINS.get(path.name, ("", ""))
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if expected and found != expected:
        sys.exit(f"{path.name}: SHA-256 is {found}, expected {expected} ({origin})")
    return path


def cut(font: TTFont, wanted: set[int]) -> None:
    """Keep the wanted characters; no hints, no layout tables (reportlab applies none)."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.glyph_names = False
    options.legacy_kern = False
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "DSIG", "VORG", "vhea", "vmtx", "STAT", "prep", "fpgm", "cvt ", "gasp"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted & set(font.getBestCmap()))
    cutter.subset(font)


def to_truetype(font: TTFont) -> None:
    """CFF outlines to quadratic ones, within one unit of 1000."""
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        outlines[name] = pen.glyph()
    del font["CFF "]
    glyf = font["glyf"] = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, outlines
    font["loca"] = newTable("loca")
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for key in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
                "maxSizeOfInstructions", "maxComponentElements"):
        setattr(maxp, key, 1 if key == "maxZones" else 0)
    font.sfntVersion = "\0\1\0\0"
    for name in order:
        outlines[name].recalcBounds(glyf)
        advance, _ = font["hmtx"][name]
        font["hmtx"][name] = (advance, getattr(outlines[name], "xMin", 0))


def even_digits(font: TTFont) -> None:
    """Give all digits one width, so that the columns of a ledger stand under each other."""
    cmap, glyf, hmtx = font.getBestCmap(), font["glyf"], font["hmtx"]
    names = [cmap[ord(digit)] for digit in "0123456789"]
    wide = max(hmtx[name][0] for name in names)
    for name in names:
        shift = (wide - hmtx[name][0]) // 2
        glyph = glyf[name]
        glyph.coordinates.translate((shift, 0))
        glyph.recalcBounds(glyf)
        hmtx[name] = (wide, glyph.xMin)


def add_boxes(font: TTFont) -> None:
    """Draw ☐ ☑ ☒ as □ alone and with the font's own √ and × inside."""
    cmap, glyphs = font.getBestCmap(), font.getGlyphSet()
    square = cmap[ord("□")]
    advance = font["hmtx"][square][0]
    order = font.getGlyphOrder()
    for code, mark in BOXES.items():
        pen = TTGlyphPen(glyphs)
        pen.addComponent(square, (1, 0, 0, 1, 0, 0))
        if mark:
            box, inner = font["glyf"][square], font["glyf"][cmap[ord(mark)]]
            scale = 0.8 * (box.xMax - box.xMin) / max(inner.xMax - inner.xMin, inner.yMax - inner.yMin)
            pen.addComponent(cmap[ord(mark)], (scale, 0, 0, scale,
                             round((box.xMin + box.xMax) / 2 - scale * (inner.xMin + inner.xMax) / 2),
                             round((box.yMin + box.yMax) / 2 - scale * (inner.yMin + inner.yMax) / 2)))
        name = f"box{code:04X}"
        order.append(name)
        font.setGlyphOrder(order)
        glyph = font["glyf"][name] = pen.glyph()
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (advance, glyph.xMin)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = name


def rename(font: TTFont, family: str, style: str, weight: int, origin: str) -> None:
    """Replace the whole name table; the sources' names are reserved by their licence."""
    table = font["name"] = newTable("name")
    table.names = []
    script = f"{family.replace(' ', '')}-{style}"
    lines = {0: NOTICE.format(origin=origin), 1: family, 2: style, 3: f"unionclient:{script}", 4: f"{family} {style}",
             5: "Version 1.000", 6: script, 13: "SIL Open Font License, Version 1.1", 14: "https://openfontlicense.org"}
    for number, text in lines.items():
        table.setName(text, number, 3, 1, 0x409)
    head, os2 = font["head"], font["OS/2"]
    head.created = head.modified = STAMP
    head.macStyle = 1 if weight >= 700 else 0
    os2.usWeightClass = weight
    os2.fsSelection = (os2.fsSelection & ~0x61) | (0x20 if weight >= 700 else 0x40)
    os2.fsType = 0
    font.recalcTimestamp = False


def save(font: TTFont, file_name: str) -> None:
    font["post"].formatType = 3.0
    path = FOLDER / file_name
    font.save(path)
    body = path.read_bytes()
    print(f"{file_name}: {len(body) / 1e6:.1f} MB, {len(font.getBestCmap())} characters, SHA-256 {hashlib.sha256(body).hexdigest()}")


def build_hei(source: Path, wanted: set[int]) -> None:
    for weight, style, file_name in ((400, "Regular", "UCHei-Regular.ttf"), (700, "Bold", "UCHei-Bold.ttf")):
        font = TTFont(source)
        cut(font, wanted)
        font = instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True)
        even_digits(font)
        add_boxes(font)
        rename(font, "UC Hei", style, weight, "Noto Sans SC")
        save(font, file_name)


def build_song(source: Path, wanted: set[int]) -> None:
    font = next(f for f in TTCollection(source).fonts if f["name"].getDebugName(6) == "NotoSerifCJKsc-Regular")
    cut(font, wanted)
    to_truetype(font)
    even_digits(font)
    add_boxes(font)
    rename(font, "UC Song", "Regular", 400, "Noto Serif CJK SC")
    save(font, "UCSong-Regular.ttf")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hei", type=Path, required=True, help="NotoSansSC[wght].ttf")
    parser.add_argument("--song", type=Path, required=True, help="NotoSerifCJK-Regular.ttc")
    parser.add_argument("--characters", type=Path, required=True, help="the 8,105 general standard characters, UTF-8")
    given = parser.parse_args()
    wanted = characters(read_pinned(given.characters))
    FOLDER.mkdir(parents=True, exist_ok=True)
    build_hei(read_pinned(given.hei), wanted)
    build_song(read_pinned(given.song), wanted)


if __name__ == "__main__":
    main()
