"""One conductor for all; poems of few drafts, since what is tested is the form."""

from dataclasses import replace
from functools import cache

import pytest

from carmina import VerseBrief
from carmina.conductor import Conductor


@pytest.fixture(autouse=True, scope="module")
def _read_by_nobody_else(request):
    """What is promised of poems holds without the base's reading, but for the modules that say ``BASE_READS``."""
    if not getattr(request.module, "BASE_READS", False):
        request.getfixturevalue("no_second_reader")


@pytest.fixture(scope="session")
def conductor():
    """One whose models are opened once: opening takes as long as a short poem."""
    one = Conductor()
    one.model = cache(one.model)
    return one


@pytest.fixture(scope="session")
def write(conductor):
    """write(form, *keywords, **rest of the brief) -> poem."""

    def written(form, *keywords, **rest):
        brief = VerseBrief(keywords, form, candidates=1, options={"drafts": 3})
        return conductor.get("writer", "verse")().write(replace(brief, **rest), conductor)

    return written


def _saved(folder, texts, size):
    """A randomly initialised model and a byte-pair tokenizer over the texts, as Hugging Face saves them."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    PreTrainedTokenizerFast(tokenizer_object=tokenizer).save_pretrained(folder)
    torch.manual_seed(7)
    config = GPT2Config(
        vocab_size=tokenizer.get_vocab_size(),
        n_positions=512,
        n_embd=16,
        n_layer=1,
        n_head=2,
        bos_token_id=0,
        eos_token_id=0,
    )
    GPT2LMHeadModel(config).save_pretrained(folder)
    return f"hf:{folder}"


@pytest.fixture(scope="session")
def saved():
    """saved(folder, texts, size) -> the name of a tiny random model."""
    return _saved
