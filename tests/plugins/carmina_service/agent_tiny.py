"""The agent's door over quick work, by standard input and output."""

import sys
from pathlib import Path

from carmina_service import agent

from carmina.workers import Limits

if __name__ == "__main__":
    agent.PERFORM, agent.WARM = "tiny_work:perform", None
    agent.serve(1, Limits(seconds=20), Path(sys.argv[1]), ())
