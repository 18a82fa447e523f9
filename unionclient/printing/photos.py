"""Pictures on paper: frames two by three with captions, each picture turned upright, reduced and kept in proportion.

Limits: JPEG, PNG, BMP, TIFF and what else Pillow has a codec for; anything else, damaged or too large, leaves its frame with words in it.
"""

import io
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from unionclient.definition.words import _, marked
from unionclient.printing.blocks import Area, Block
from unionclient.printing.grid import heading
from unionclient.printing.painter import Painter
from unionclient.printing.sheet import Job, Photo, PrintRow

_PICTURE, _CAPTION, _GAP = 68.0, 8.0, 4.0
_ACROSS, _DOWN = 2, 3
_PIXELS = 1400
PHOTOS = "photos"
"""Key of the strip above the pictures."""
_UNREADABLE = marked("图片无法显示")


def photos(job: Job, row: PrintRow, area: Area) -> list[Block]:
    """A headed page of frames; further pages when there are more pictures than `count` frames."""
    given = job.option("photos")
    if not given:
        return []
    captions = given.get("captions", ())
    count = max(given.get("count", _ACROSS * _DOWN), len(row.photos))
    words = [_caption(row.photos, captions, number) for number in range(count)]
    frames = [row.photos[number] if number < len(row.photos) else None for number in range(count)]
    head = heading(given.get("title", _("照片")), area)
    head = replace(head, key=PHOTOS, breaks=job.form.layout == "K5")
    strips = [_strip(frames[start:start + _ACROSS], words[start:start + _ACROSS], area) for start in range(0, count, _ACROSS)]
    return [head, *(replace(strip, header=n % _DOWN != _DOWN - 1) for n, strip in enumerate(strips))]


def _caption(given: Sequence[Photo], captions: Sequence[str], number: int) -> str:
    if number < len(captions):
        return captions[number]
    if number < len(given) and given[number].caption:
        return given[number].caption
    return _("照片{number}：").format(number=number + 1)


def _strip(frames: Sequence[Photo | None], words: Sequence[str], area: Area) -> Block:
    wide = (area.wide - _GAP * (_ACROSS - 1)) / _ACROSS

    def ruled(paper: Painter, y: float) -> None:
        for number in range(len(frames)):
            paper.box(area.left + number * (wide + _GAP), y + _GAP, wide, _PICTURE)

    def written(paper: Painter, y: float) -> None:
        for number, (photo, text) in enumerate(zip(frames, words, strict=True)):
            x = area.left + number * (wide + _GAP)
            if photo:
                place(paper, photo, x, y + _GAP, wide, _PICTURE)
            paper.caption(text, x, y + _GAP + _PICTURE, wide, _CAPTION)

    return Block(_GAP + _PICTURE + _CAPTION, ruled, written, key=f"frames {len(frames)}")


def place(paper: Painter, photo: Photo, x: float, y: float, wide: float, high: float) -> None:
    """The picture in the middle of the frame, as large as it fits; words where it cannot be read."""
    picture = _upright(photo.content)
    if picture is None:
        paper.write(x + wide / 2, y + high / 2, _(_UNREADABLE), align="center", grey=0.4)
    else:
        paper.picture(picture, x + 1, y + 1, wide - 2, high - 2)


@lru_cache(maxsize=8)
def _upright(content: bytes) -> bytes | None:
    """A JPEG as the camera meant it, no larger than paper can show; None where the file is no readable picture."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content)) as image:
            image.draft("RGB", (_PIXELS, _PIXELS))
            found = ImageOps.exif_transpose(image).convert("RGB")
            found.thumbnail((_PIXELS, _PIXELS))
            out = io.BytesIO()
            found.save(out, "JPEG", quality=82)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return out.getvalue()
