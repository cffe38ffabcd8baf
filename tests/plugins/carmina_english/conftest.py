import pytest


@pytest.fixture(scope="session")
def english():
    from carmina_english.english import English

    return English()
