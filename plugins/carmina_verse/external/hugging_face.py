"""A causal language model of a local Hugging Face folder (safetensors weights only; no code of the folder is run)."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from carmina import BadModel

ROOM = 64  # tokens of the context that are left for the line to come


class HuggingFace:
    """Tokens in, logits out, many candidates side by side."""

    def __init__(self, folder: str):
        path = Path(folder).expanduser()
        if not (path / "config.json").is_file():
            raise BadModel(
                f"--model hf:{folder}: no config.json there. Give the folder of a causal language model that was downloaded."
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
            self._model = AutoModelForCausalLM.from_pretrained(
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
        self.unknown: int | None = self._tokens.unk_token_id
        taken = inspect.signature(self._model.forward).parameters
        self._memory = "cache" if "cache" in taken else "past_key_values"  # its name before transformers 5.20
        self._window = int(getattr(self._model.config, "max_position_embeddings", 0) or 1024)

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """The tokens of each text, nothing added."""
        return [list(row) for row in self._tokens(list(texts), add_special_tokens=False)["input_ids"]]

    def begin(self, text: str, batch: int) -> tuple[np.ndarray, Any]:
        """Logits (B, V) after a text, and the state of so many equal candidates."""
        start = [self._tokens.bos_token_id] if self._tokens.bos_token_id is not None else []
        ids = (start + self.encode([text])[0])[-max(1, self._window - ROOM) :]
        state = self._fresh()
        logits = self._run(np.array([ids or [0]]), state)
        state.batch_repeat_interleave(batch)
        return np.repeat(logits, batch, axis=0), state

    def step(self, chosen: np.ndarray, state: Any) -> tuple[np.ndarray, Any]:
        """chosen (B,) tokens -> logits (B, V) and the state after, which is the same object."""
        return self._run(chosen[:, None], state), state

    def keep(self, state: Any, rows: np.ndarray) -> Any:
        """The state of some of the candidates."""
        state.batch_select_indices(self._torch.as_tensor(rows))
        return state

    def _run(self, ids: np.ndarray, state: Any) -> np.ndarray:
        """ids (B, T) -> logits (B, V) after the last."""
        with self._torch.inference_mode():
            out = self._model(input_ids=self._torch.as_tensor(ids), use_cache=True, **{self._memory: state})
        return out.logits[:, -1].numpy().astype(np.float32)
