"""Zip files that neither lead elsewhere nor unpack to more than they seem, whatever is in them."""

import stat
from collections import Counter
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from questions import limits
from questions.exchange.rows import FileError, refuse_above


def checked(archive: ZipFile, most: int | None = None) -> list[ZipInfo]:
    """The entries of a zip; raises FileError for one that leads elsewhere, or unpacks to more than so many bytes."""
    entries = archive.infolist()
    if len(entries) > limits.MOST_FILES:
        raise FileError(f"The zip has {len(entries):,} files; at most {limits.MOST_FILES:,} can be imported.")
    for name, number in Counter(entry.filename for entry in entries).items():
        if number > 1:
            raise FileError(f"The zip has {name} twice.")
    for entry in entries:
        _check_entry(entry)
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    refuse_above(most or limits.UNPACKED, unpacked, "The zip, unpacked,")
    if unpacked > limits.MEGABYTE and unpacked > limits.MOST_PACKED * packed:
        raise FileError(f"The zip unpacks to more than {limits.MOST_PACKED} times its size, which texts do not.")
    return entries


def _check_entry(entry: ZipInfo) -> None:
    name = entry.filename
    if name.startswith("/") or "\\" in name or ":" in name.split("/")[0] or ".." in name.split("/"):
        raise FileError(f"The zip has a file at {name}, which leads out of it.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise FileError(f"{name} in the zip is a link, which is not followed.")
    if entry.flag_bits & 1:
        raise FileError(f"{name} in the zip is encrypted.")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise FileError(f"{name} in the zip is packed in a way that only few programs know; pack it anew.")
