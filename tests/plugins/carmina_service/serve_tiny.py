"""A service over quick work at any free port of loopback; says the port on stdout. Ends by itself after a minute."""

import os
import sys
import threading
from pathlib import Path

from carmina_service import server
from carmina_service import service as service_room
from carmina_service.app import make_app
from carmina_service.logs import Log
from carmina_service.settings import Settings


def main():
    service_room.PERFORM, service_room.WARM = "tiny_work:perform", None
    limit = threading.Timer(60, lambda: os._exit(1))
    limit.daemon = True
    limit.start()
    settings = Settings(Path(sys.argv[1]), port=0, workers=2, header_seconds=0.3, body_seconds=0.3, grace_seconds=0.2)
    place = server.bind(settings)
    print(place.getsockname()[1], flush=True)
    server.serve(make_app(settings, Log()), settings, place)


if __name__ == "__main__":
    main()
