"""A hub marks the data folder that it serves from."""

from pathlib import Path

import pytest

from hub.operations.errors import OperationError
from hub.operations.serving import join

pytestmark = pytest.mark.one_database


def test_folder_that_cannot_be_written_to_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "serving").mkdir()  # Root may write wherever it wants, but not here.

    with pytest.raises(OperationError, match=f"{tmp_path} cannot be written to: Is a directory."):
        join(tmp_path)
