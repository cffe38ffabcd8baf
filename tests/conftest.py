"""No test sees the styles and plugins of whoever runs it."""

import pytest


@pytest.fixture(autouse=True, scope="session")
def _home_of_nobody(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CARMINA_HOME", str(tmp_path_factory.mktemp("home")))
        for variable in ("CARMINA_PLUGINS", "CARMINA_WITHOUT"):
            patch.delenv(variable, raising=False)
        yield
