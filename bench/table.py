"""Everything that is measured, one script after the other, then one table: what, ours, alternative, ratio, target, met.

python bench/table.py [SCRIPT ...]: all scripts of this folder unless some are named, e.g. decode train. What a script
says itself stands above the table. The exit status is 1 where a script failed; a target that is missed is only told,
since a busy machine misses them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from told import VARIABLE, Row, table

HERE = Path(__file__).parent
NOT_MEASURING = ("told", "table", "gpu")  # the last wants a GPU: make bench-gpu


def main(names: list[str]) -> int:
    known = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_MEASURING)
    if unknown := [name for name in names if name not in (*known, "gpu")]:
        print(f"no script called {unknown[0]!r}; there are: {', '.join(known)}, gpu.", file=sys.stderr)
        return 2
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder, "rows.jsonl")
        kept.touch()
        for name in names or known:
            print(f"== bench/{name}.py", flush=True)
            done = subprocess.run([sys.executable, HERE / f"{name}.py"], env={**os.environ, VARIABLE: str(kept)})
            failed += [name] * (done.returncode != 0)
        rows = [Row(**json.loads(line)) for line in kept.read_text("utf-8").splitlines()]
    print(f"\n{table(rows)}")
    for name in failed:
        print(f"bench/{name}.py failed.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
