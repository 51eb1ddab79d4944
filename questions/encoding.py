"""An image as the hub keeps it: one still picture in WebP, encoded anew, with nothing else in the file.

So no metadata is passed on, no file is anything beside a picture, and the same bytes always become the same image.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from io import BytesIO
from typing import Any

import PIL.Image
from PIL import ImageOps, UnidentifiedImageError

from questions.limits import IMAGE, IMAGE_KEPT, MEGABYTE, PIXELS, PIXELS_KEPT
from questions.text.images import name_of, parts_of

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")
LONGEST_SIDE = 16_383  # pixels: WebP has no more
HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
TAKEN = "PNG, JPEG, WebP, GIF and AVIF are taken"
# Ever smaller, until it fits.
EXACTLY: dict[str, Any] = {"lossless": True, "exact": True, "quality": 50}
NEARLY: tuple[dict[str, Any], ...] = ({"quality": 85}, {"quality": 65}, {"quality": 40})
PICTURE_CHUNKS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
ALPHA = 0x10  # the one flag of VP8X that a still picture without metadata may have

# `_check_size` looks at the size before anything is decoded, and says what is wrong with it.
PIL.Image.MAX_IMAGE_PIXELS = None


class ImageError(ValueError):
    """An image that is not taken: a sentence that says why."""


@dataclass(frozen=True)
class Encoded:
    """A WebP file; the note is a sentence for who brought the image, if there is something to say."""

    data: bytes
    width: int
    height: int
    note: str = ""

    @cached_property
    def name(self) -> str:
        """What its address calls it."""
        return name_of(digest_of(self.data), self.width, self.height)


def digest_of(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def encode(data: bytes) -> Encoded:
    """The image in some bytes as the hub keeps it; raises ImageError."""
    if not data:
        raise ImageError("The file is empty.")
    if len(data) > IMAGE:
        raise ImageError(f"The file has {len(data) / MEGABYTE:,.1f} MB; an image may have {IMAGE // MEGABYTE} MB.")
    try:
        with PIL.Image.open(BytesIO(data), formats=FORMATS) as image:
            _check_size(image.size)
            is_animated = image.format != "MPO" and getattr(image, "is_animated", False)
            is_exact = image.format in ("PNG", "GIF") or data[12:16] == b"VP8L"
            picture = _picture(image)
    except ImageError:
        raise
    except UnidentifiedImageError:
        raise ImageError(_unknown(data)) from None
    except Exception:  # Damaged files make Pillow raise anything, SyntaxError and struct.error among them.
        raise ImageError("The image is damaged or incomplete. Save it anew, and try again.") from None
    note = "Only the first picture of the animation is kept." if is_animated else ""
    return Encoded(_fitting(picture, is_exact), *picture.size, note)


def kept_before(data: bytes, name: str) -> Encoded | None:
    """What some hub has kept under this name, as it is: encoded again, it would be another image.

    None for what the name does not fit, what has more than a picture within, or more pixels than a hub keeps.
    """
    digest, *size = parts_of(name)
    if digest_of(data) != digest or len(data) > IMAGE_KEPT or not _is_bare(data):
        return None
    try:
        with PIL.Image.open(BytesIO(data), formats=["WEBP"]) as image:
            if image.width * image.height > PIXELS_KEPT or [*image.size] != size:
                return None
            image.load()
            return Encoded(data, *image.size)
    except Exception:  # As above.
        return None


def _check_size(size: tuple[int, int]) -> None:
    width, height = size
    if not width or not height:
        raise ImageError("The image has no pixels.")
    if width * height > PIXELS:
        raise ImageError(
            f"The image has {width:,} × {height:,} pixels; at most {PIXELS // 1_000_000} million are taken. "
            "Make it smaller, and try again."
        )


def _picture(image: PIL.Image.Image) -> PIL.Image.Image:
    """The pixels alone, upright, no more of them than are kept."""
    image.draft(None, _kept_size(image.size))
    image.load()
    upright = _upright(image)
    if upright.mode.startswith("I"):  # Of 16 bits, of which converting would cut off the upper ones.
        upright = upright.point(lambda value: value / 256).convert("L")
    picture = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    picture = picture.resize(_kept_size(picture.size), PIL.Image.Resampling.LANCZOS)
    picture.info = {}
    return picture


def _upright(image: PIL.Image.Image) -> PIL.Image.Image:
    """Turned as its camera says, unless what it says cannot be read."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # As above: the metadata may be damaged where the pixels are not.
        return image


def _kept_size(size: tuple[int, int]) -> tuple[int, int]:
    width, height = size
    factor = min(1, (PIXELS_KEPT / (width * height)) ** 0.5, LONGEST_SIDE / max(size))
    return max(1, int(width * factor)), max(1, int(height * factor))


def _fitting(picture: PIL.Image.Image, is_exact: bool) -> bytes:
    for options in (EXACTLY, *NEARLY) if is_exact else NEARLY:
        file = BytesIO()
        picture.save(file, "WEBP", method=4, **options)
        if file.tell() <= IMAGE_KEPT:
            return file.getvalue()
    raise ImageError(f"The image has too much detail for {IMAGE_KEPT // MEGABYTE} MB. Make it smaller, and try again.")


def _unknown(data: bytes) -> str:
    """Why it is no image that could be taken."""
    start = data[:1024].lstrip().lower()
    if b"<svg" in start:
        return f"SVG is not taken, because it can hold programs; {TAKEN}. Export it as PNG."
    if data[4:8] == b"ftyp" and data[8:12] in HEIC:
        return f"HEIC is not taken, because browsers do not show it; {TAKEN}. Save it as JPEG."
    return f"This is not an image that can be read; {TAKEN}."


def _is_bare(data: bytes) -> bool:
    """Whether a WebP file has nothing but a still picture within."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or len(data) != int.from_bytes(data[4:8], "little") + 8:
        return False
    try:
        return all(kind in PICTURE_CHUNKS and (kind != b"VP8X" or not flags & ~ALPHA) for kind, flags in _chunks(data))
    except (IndexError, struct.error):
        return False


def _chunks(data: bytes) -> Iterator[tuple[bytes, int]]:
    """The kind of each chunk, and its first byte."""
    position = 12
    while position < len(data):
        kind, length = struct.unpack_from("<4sI", data, position)
        yield kind, data[position + 8]
        position += 8 + length + length % 2
    if position != len(data):
        raise IndexError
