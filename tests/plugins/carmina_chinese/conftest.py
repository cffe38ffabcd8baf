import pytest
from carmina_chinese.language import Chinese


@pytest.fixture(scope="session", autouse=True)
def chinese():
    """The language with its dictionaries loaded, so that no example of a property pays for them."""
    language = Chinese()
    language.syllabify(["床前明月光"])
    language.traditional("后")
    return language
