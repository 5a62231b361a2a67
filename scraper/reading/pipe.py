"""What passes between a run and the process that reads pages beside it."""

from __future__ import annotations

import pickle
from typing import BinaryIO


def send(out: BinaryIO, item: object) -> None:
    """Write one pickled item."""
    pickle.dump(item, out, protocol=pickle.HIGHEST_PROTOCOL)
    out.flush()
