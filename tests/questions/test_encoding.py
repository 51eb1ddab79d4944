"""What becomes of the images that people bring, the hostile ones among them."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo

from questions.encoding import FORMATS, ImageError, digest_of, encode, kept_before
from questions.limits import IMAGE, IMAGE_KEPT, PIXELS_KEPT
from tests.questions.pictures import animation, noise, opened, picture

pytestmark = pytest.mark.one_database

SVG = b'<?xml version="1.0"?>\n<!-- drawn by hand -->\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100)
SCRIPT = b"<script>alert(document.domain)</script>"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width: int, height: int) -> bytes:
    """A PNG that claims a size and has few bytes for it."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def exif(**tags: int | str) -> bytes:
    found = Pillow.Exif()
    for name, value in tags.items():
        found[{"orientation": 0x0112, "make": 0x010F, "comment": 0x9286}[name]] = value
    return found.tobytes()


@pytest.mark.parametrize("file_format", FORMATS)
def test_every_format_becomes_webp_of_the_same_size(file_format: str) -> None:
    encoded = encode(picture(60, 40, file_format))

    image = opened(encoded.data)
    assert (image.format, image.size, encoded.note) == ("WEBP", (60, 40), "")
    assert encoded.name.endswith("-60x40.webp")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_pixels_keeps_its_looks(mode: str) -> None:
    file = BytesIO()
    gradient = Pillow.linear_gradient("L")
    lossless = (
        gradient.convert("I").point(lambda it: it * 257).convert("I;16") if mode == "I;16" else gradient.convert(mode)
    )
    lossless.save(file, "PNG")

    image = opened(encode(file.getvalue()).data)

    assert image.convert("L").getpixel((10, 0)) == 0
    assert image.convert("L").getpixel((10, 255)) == 255


def test_what_is_see_through_stays_so() -> None:
    file = BytesIO()
    Pillow.new("RGBA", (10, 10), (255, 0, 0, 0)).save(file, "PNG")

    assert opened(encode(file.getvalue()).data).getchannel("A").getextrema() == (0, 0)


def test_the_same_bytes_become_the_same_image() -> None:
    photo = picture(600, 400, "JPEG")

    assert encode(photo) == encode(photo)


def test_a_drawing_keeps_each_pixel() -> None:
    drawing = picture(300, 200)

    assert opened(encode(drawing).data).tobytes() == opened(drawing).convert("RGB").tobytes()


def test_metadata_is_gone_and_the_image_upright() -> None:
    told = PngInfo()
    told.add_text("Comment", "at home")
    from_phone = picture(
        60, 40, "JPEG", exif=exif(orientation=6, make="Secret Phone"), comment=b"at home", icc_profile=b"x" * 200
    )
    from_editor = picture(60, 40, "PNG", pnginfo=told, exif=exif(make="Secret Phone"))

    for encoded in (encode(from_phone), encode(from_editor)):
        assert b"Secret" not in encoded.data
        assert b"at home" not in encoded.data
        assert not opened(encoded.data).info.keys() & {"exif", "icc_profile", "xmp", "comment"}

    assert (encode(from_phone).width, encode(from_phone).height) == (40, 60)


def test_huge_exif_is_gone_too() -> None:
    encoded = encode(picture(60, 40, "JPEG", exif=exif(comment="x" * 60_000)))

    assert len(encoded.data) < 1000


@pytest.mark.parametrize("file_format", ["GIF", "WEBP", "PNG", "AVIF"])
def test_of_an_animation_the_first_picture_stays_with_a_sentence(file_format: str) -> None:
    encoded = encode(animation(file_format))

    image = opened(encoded.data)
    assert not getattr(image, "is_animated", False)
    assert image.convert("RGB").getpixel((5, 5))[0] > 200  # type: ignore[index]
    assert encoded.note == "Only the first picture of the animation is kept."


def test_large_images_become_smaller_in_pixels_and_bytes() -> None:
    encoded = encode(noise(3000, 2000, "JPEG", quality=70))

    assert encoded.width * encoded.height <= PIXELS_KEPT
    assert abs(encoded.width / encoded.height - 1.5) < 0.01
    assert len(encoded.data) <= IMAGE_KEPT


def test_long_images_keep_their_width() -> None:
    assert encode(picture(700, 5000)).width == 700


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (bytes(IMAGE + 1), "The file has 10.0 MB; an image may have 10 MB."),
        (SVG, "SVG is not taken, because it can hold programs"),
        (HEIC, "HEIC is not taken, because browsers do not show it"),
        (b"%PDF-1.7 not an image", "This is not an image that can be read; PNG, JPEG, WebP, GIF and AVIF are taken."),
        (SCRIPT, "This is not an image"),
        (b"\x89PNG\r\n\x1a\n", "This is not an image"),
        (png_of(10_000, 10_000), "The image has 10,000 × 10,000 pixels; at most 40 million are taken."),
        (png_of(2**31 - 1, 2**31 - 1), "The image has 2,147,483,647 × 2,147,483,647 pixels"),
        (png_of(0, 100), "This is not an image"),
        (png_of(500, 500), "The image is damaged or incomplete."),
        (picture(60, 40, "BMP"), "This is not an image"),
        (picture(60, 40, "TIFF"), "This is not an image"),
    ],
)
def test_what_is_no_image_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(ImageError) as refusal:
        encode(data)

    assert str(refusal.value).startswith(sentence)


@pytest.mark.parametrize("file_format", FORMATS)
def test_half_a_file_is_refused_with_a_sentence(file_format: str) -> None:
    whole = noise(60, 40, file_format)

    for length in (len(whole) // 2, len(whole) // 10, 20):
        with pytest.raises(ImageError):
            encode(whole[:length])


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_file_that_is_a_program_too_loses_the_program(file_format: str) -> None:
    assert SCRIPT not in encode(picture(60, 40, file_format) + SCRIPT).data


def test_damaged_bytes_are_refused_or_read_and_fail_in_no_other_way() -> None:
    whole, refused = noise(30, 20, "PNG"), 0
    for position in range(0, len(whole), 7):
        try:
            encode(bytes([*whole[:position], whole[position] ^ 0xFF, *whole[position + 1 :]]))
        except ImageError:
            refused += 1

    assert refused > 10


def test_what_a_hub_has_kept_stays_as_it_is() -> None:
    for data in (picture(60, 40, "JPEG"), picture(60, 40), picture(60, 40, mode="LA")):
        encoded = encode(data)

        assert kept_before(encoded.data, encoded.name) == encoded


def test_what_only_looks_as_if_a_hub_had_kept_it_does_not() -> None:
    encoded = encode(picture(60, 40))
    with_metadata = BytesIO()
    opened(encoded.data).save(with_metadata, "WEBP", exif=exif(make="Secret"))
    animated = animation("WEBP")

    assert kept_before(encoded.data, encoded.name.replace("60x40", "61x40")) is None
    assert kept_before(picture(61, 40), encoded.name) is None
    for data in (with_metadata.getvalue(), animated, encoded.data + SCRIPT, encoded.data[:-2], picture()):
        assert kept_before(data, f"{digest_of(data)}-60x40.webp") is None
