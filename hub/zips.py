"""What any reader of zips has to expect."""

import struct
import zlib
from zipfile import BadZipFile

# What zipfile raises for a file that is no zip, or no longer one.
DAMAGED = (BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError, struct.error, zlib.error)
