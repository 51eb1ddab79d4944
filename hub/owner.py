"""Whose the data folder is: what root makes in it, nobody else could change."""

import os
from pathlib import Path
from pwd import getpwuid

from django.core.exceptions import ImproperlyConfigured


def refuse_root(folder: Path) -> None:
    """Raise ImproperlyConfigured where root would write into a folder of somebody else, such as the service's user."""
    owner = folder.stat().st_uid
    if os.geteuid() == 0 and owner != 0:
        name = name_of(owner)
        raise ImproperlyConfigured(
            f"{folder} belongs to {name}, who could not change what root makes there: "
            f"run the same as that user, `runuser -u {name} -- …`."
        )


def name_of(uid: int) -> str:
    """What a user is called, or their number where nobody knows them."""
    try:
        return getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
