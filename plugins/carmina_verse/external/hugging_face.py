"""A causal language model of a local Hugging Face folder (safetensors weights only; no code of the folder is run)."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from carmina import BadModel

ROOM = 64  # tokens of the context that are left for the line to come


@dataclass
class Memory:
    """What candidates of one length have behind them."""

    cache: Any
    rows: int


class HuggingFace:
    """Tokens in, logits out, many candidates side by side (a :class:`carmina.Runner`)."""

    def __init__(self, folder: str):
        path = Path(folder).expanduser()
        if not (path / "config.json").is_file():
            raise BadModel(
                f"--model hf:{folder}: no config.json there. Give the folder of a causal language model that was "
                "downloaded."
            )
        try:
            import torch
            from transformers import AutoModelForCausalLM, AutoTokenizer, DynamicCache
            from transformers.utils import logging
        except ImportError as fault:
            raise BadModel("--model hf: needs transformers. Install it: pip install 'carmina[hf]'.") from fault
        logging.disable_progress_bar()
        logging.set_verbosity_error()
        try:
            self._tokens = AutoTokenizer.from_pretrained(path, local_files_only=True, trust_remote_code=False)
            self._model: Any = AutoModelForCausalLM.from_pretrained(
                path, local_files_only=True, trust_remote_code=False, use_safetensors=True
            )
        except Exception as fault:  # a damaged folder may raise anything
            raise BadModel(
                f"--model hf:{folder} does not open as a causal language model with safetensors weights "
                f"({type(fault).__name__}: {' '.join(str(fault).split())[:160]})."
            ) from fault
        self._model = self._model.eval().float()
        self._torch, self._fresh = torch, DynamicCache
        self.size = int(self._model.get_input_embeddings().weight.shape[0])
        self.fields = (self.size,)
        self.unknown: int | None = self._tokens.unk_token_id
        taken = inspect.signature(self._model.forward).parameters
        self._memory = "cache" if "cache" in taken else "past_key_values"  # its name before transformers 5.20
        self.window = int(getattr(self._model.config, "max_position_embeddings", 0) or 1024)

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """The tokens of each text, nothing added."""
        return [list(row) for row in self._tokens(list(texts), add_special_tokens=False)["input_ids"]]

    def text(self, ids: Sequence[int]) -> str:
        """What tokens spell."""
        return str(self._tokens.decode(list(ids), skip_special_tokens=True, clean_up_tokenization_spaces=False))

    @property
    def special(self) -> frozenset[int]:
        """Tokens that are no text: beginnings, ends, padding, and numbers that the tokenizer does not use."""
        named = {int(number) for number in self._tokens.all_special_ids}
        return frozenset(number for number in named if number < self.size) | frozenset(
            range(len(self._tokens), self.size)
        )

    def opening_tokens(self, text: str) -> list[int]:
        """The tokens of a text that begins here; at least one, and no more than the context has room for."""
        start = [self._tokens.bos_token_id] if self._tokens.bos_token_id is not None else []
        return (start + self.encode([text])[0])[-max(1, self.window - ROOM) :] or [0]

    def story(self, text: str, about: str) -> list[int]:
        """The tokens of a story's beginning; without one, of a heading that says what it is ``about``."""
        return self.opening_tokens(text or f"A story about {about}:\n\n")

    def nats(self, text: str) -> float:
        """Minus the log-probability of a text; its first token counts where the model has one that begins texts."""
        ids = self._torch.as_tensor([self.opening_tokens(text)])
        with self._torch.inference_mode():
            logs = self._model(input_ids=ids, use_cache=False).logits[0, :-1].float().log_softmax(-1)
        return -float(logs.gather(1, ids[0, 1:, None]).sum())

    # ---- as a runner

    def start(self, batch: int) -> Memory:
        return Memory(self._fresh(), batch)

    def step(self, ids: np.ndarray, state: Memory) -> tuple[np.ndarray, Memory]:
        """ids (B, T) tokens, T usually 1 -> logits (B, V) after the last, and the state after, which is the same
        object."""
        with self._torch.inference_mode():
            out = self._model(input_ids=self._torch.as_tensor(ids), use_cache=True, **{self._memory: state.cache})
        return out.logits[:, -1].numpy().astype(np.float32), state

    def reorder(self, state: Memory, parents: np.ndarray) -> Memory:
        """A state of its own; the old one may still be used."""
        twin = Memory(copy.deepcopy(state.cache), len(parents))
        if twin.cache.get_seq_length():
            twin.cache.batch_select_indices(self._torch.as_tensor(np.asarray(parents)))
        return twin
