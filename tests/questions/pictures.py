"""Pictures for tests, made where they are needed."""

import os
from io import BytesIO
from typing import Any

from PIL import Image as Pillow

from questions.encoding import encode
from questions.models import Image


def picture(width: int = 60, height: int = 40, file_format: str = "PNG", mode: str = "RGB", **options: Any) -> bytes:
    """A file with a gradient, which is neither of one colour nor the same when it is turned."""
    file = BytesIO()
    Pillow.linear_gradient("L").resize((width, height)).convert(mode).save(file, file_format, **options)
    return file.getvalue()


def noise(width: int, height: int, file_format: str = "PNG", **options: Any) -> bytes:
    """A file that no format makes smaller."""
    file = BytesIO()
    Pillow.frombytes("RGB", (width, height), os.urandom(3 * width * height)).save(file, file_format, **options)
    return file.getvalue()


def animation(file_format: str) -> bytes:
    """Three pictures, the first of them red."""
    file = BytesIO()
    frames = [Pillow.new("RGB", (30, 20), colour) for colour in ("red", "green", "blue")]
    frames[0].save(file, file_format, save_all=True, append_images=frames[1:], duration=100)
    return file.getvalue()


def opened(data: bytes) -> Pillow.Image:
    image = Pillow.open(BytesIO(data))
    image.load()
    return image


def kept(alternative_text: str = "A slope", **options: Any) -> Image:
    """An image that the hub keeps."""
    return Image.objects.keep(encode(picture(**options)), alternative_text, None)
