"""No test sees the styles and plugins of whoever runs it; and what takes long to open is opened once."""

import pytest

from carmina.conductor import Conductor


@pytest.fixture(autouse=True, scope="session")
def _home_of_nobody(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CARMINA_HOME", str(tmp_path_factory.mktemp("home")))
        for variable in ("CARMINA_PLUGINS", "CARMINA_WITHOUT"):
            patch.delenv(variable, raising=False)
        yield


@pytest.fixture(autouse=True, scope="session")
def _shipped_models_stay_open():
    """Whichever conductor asks, as in a warm process (``carmina.operations.warm``): opening the largest takes longer
    than most tests. Models in files are opened each time."""
    opened, anew = {}, Conductor.opened_model

    def kept(conductor, name, task, network):
        tokenizer = conductor.get("tokenizer", task)
        if name is not None and name not in tokenizer().models():
            return anew(conductor, name, task, network)
        key = tokenizer, name, network, tuple(tokenizer().models().values())
        if key not in opened:
            opened[key] = anew(conductor, name, task, network)
        return opened[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Conductor, "opened_model", kept)
        yield


@pytest.fixture(scope="module")
def no_second_reader():
    """English poems as where the base is not installed: that it reads every line takes most of their time."""
    from carmina_verse.english.pretrained import tokenizer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokenizer, "installed", lambda: False)
        yield
