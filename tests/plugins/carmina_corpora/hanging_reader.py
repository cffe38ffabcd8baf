"""A reader for worker processes that hangs or dies where a file's name says so."""

import os
import time

from carmina.workers import tell


def read_one(path, inside, data, reason):
    for _ in range(8 * ("beats" in inside)):  # longer in all than a work may take, and each work in time
        time.sleep(0.1)
        tell(0.0)
    if "hang" in inside:
        time.sleep(600)
    if "die" in inside:
        os._exit(1)
    return {"items": [], "reasons": [f"read {inside}"]}
