"""Unpacking the 4-bit file of multilingual-e5-small into a Sentence Transformers folder.

The file (little-endian) holds, in this order: the magic "E5S1", a version, the model's sizes, a
Unigram vocabulary, a table of normalised characters, a directory of tensors, and the tensors.
Matrices are Q4_0 blocks of 32 weights: an fp16 scale, then 16 bytes whose low nibbles are weights
0 to 15 and whose high nibbles are weights 16 to 31; weight = (nibble - 8) * scale.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

from index.errors import ModelFileError

MAGIC = b"E5S1"
BLOCK = 32
_BLOCK_BYTES = 2 + BLOCK // 2

Array = npt.NDArray[np.float32]

_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_SUFFIXES = {"w": "weight", "b": "bias"}


class PackedFileError(ModelFileError):
    """The file is not a packed E5 model, or is cut short."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of the model: widths, counts of layers and heads, rows of the embedding tables."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


def unpack(packed: Path, folder: Path) -> None:
    """Write a Sentence Transformers folder from a packed file.

    Weights are stored as fp16 (the scales' own precision). Raises PackedFileError.
    """
    reader = _Reader(packed.read_bytes())
    try:
        sizes = reader.sizes()
        vocabulary, special = reader.vocabulary()
        reader.skip_normalisation()
        tensors = reader.tensors()
    except (struct.error, ValueError, IndexError, UnicodeDecodeError) as error:
        raise PackedFileError(f"{packed.name} is no packed E5 model, or is cut short") from error
    folder.mkdir(parents=True, exist_ok=True)
    half = {name: value.astype(np.float16) for name, value in _named(tensors, sizes).items()}
    save_file(half, folder / "model.safetensors", metadata={"format": "pt"})
    _save_tokenizer(vocabulary, special, folder)
    for name, content in _configuration(sizes).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=1), encoding="utf-8")


def dequantise(blocks: npt.NDArray[np.uint8]) -> Array:
    """Q4_0 blocks, uint8 of shape (n, 18), as float32 of shape (n * 32,)."""
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 0x0F, blocks[:, 2:] >> 4], axis=1)
    return ((nibbles.astype(np.float32) - 8) * scales).ravel()


class _Reader:
    """Reads the parts of a packed file in their order."""

    def __init__(self, data: bytes) -> None:
        if data[:4] != MAGIC:
            raise PackedFileError(f"the file does not begin with {MAGIC.decode()}")
        self._data = data
        self._at = 8

    def _take(self, form: str) -> Any:
        values = struct.unpack_from(f"<{form}", self._data, self._at)
        self._at += struct.calcsize(f"<{form}")
        return values if len(values) > 1 else values[0]

    def sizes(self) -> Sizes:
        sizes = Sizes(*self._take("7if"))
        if self._take("i") != BLOCK:
            raise ValueError("another block size")
        return sizes

    def vocabulary(self) -> tuple[list[tuple[str, float]], dict[str, int]]:
        """Pieces with their scores (log-probabilities), and the ids of the special ones."""
        count = self._take("i")
        special = dict(zip(("bos", "eos", "pad", "unk"), self._take("4i"), strict=True))
        length = self._take("Q")
        offsets = self._take(f"{count + 1}I")
        scores = self._take(f"{count}f")
        blob = self._data[self._at : self._at + length]
        self._at += length
        pieces = [
            blob[offsets[i] : offsets[i + 1]].decode("utf-8", errors="replace")
            for i in range(count)
        ]
        return list(zip(pieces, scores, strict=True)), special

    def skip_normalisation(self) -> None:
        _count, length = self._take("iI")
        self._at += length

    def tensors(self) -> dict[str, Array]:
        """Tensors by their short name, flat."""
        return dict(self._tensor() for _ in range(self._take("i")))

    def _tensor(self) -> tuple[str, Array]:
        length = self._take("H")
        name = self._data[self._at : self._at + length].decode("ascii")
        self._at += length
        quantised, _count, offset, size = self._take("BIQQ")
        raw = np.frombuffer(self._data, np.uint8, size, offset)
        if not quantised:
            return name, raw.view(np.float32)
        return name, dequantise(raw.reshape(-1, _BLOCK_BYTES))


def _named(tensors: dict[str, Array], sizes: Sizes) -> dict[str, Array]:
    """Tensors by their names in a BERT model, in shape."""
    hidden = sizes.hidden
    named = {
        "embeddings.word_embeddings.weight": tensors["emb.word"].reshape(-1, hidden),
        "embeddings.position_embeddings.weight": tensors["emb.pos"].reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": tensors["emb.type"].reshape(-1, hidden),
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
        # Not used for embedding and not in the file; given so that loading has nothing to report.
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float32),
        "pooler.dense.bias": np.zeros(hidden, np.float32),
    }
    for layer in range(sizes.layers):
        for short, long in _LAYER_NAMES.items():
            inputs = sizes.feed_forward if short == "fo" else hidden
            for suffix, part in _SUFFIXES.items():
                value = tensors[f"l{layer}.{short}.{suffix}"]
                is_matrix = suffix == "w" and not short.endswith("ln")
                shaped = value.reshape(-1, inputs) if is_matrix else value
                named[f"encoder.layer.{layer}.{long}.{part}"] = shaped
    return named


def _save_tokenizer(
    vocabulary: list[tuple[str, float]], special: dict[str, int], folder: Path
) -> None:
    """SentencePiece Unigram as XLM-RoBERTa uses it, in the tokenizers library's own format."""
    tokenizer = Tokenizer(Unigram(vocabulary, unk_id=special["unk"], byte_fallback=False))
    # The file's table of normalised characters is NFKC but for these: control characters go,
    # white space and marks of zero width become a space.
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex("[\\x01-\\x08\\x0b\\x0e-\\x1f\\x7f\\x8f\\x9f]"), ""),
            normalizers.Replace(
                Regex("[\\t\\n\\x0c\\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"), " "
            ),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=True)
    tokenizer.decoder = decoders.Metaspace()
    begin, end = (vocabulary[special[name]][0] for name in ("bos", "eos"))
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        special_tokens=[(begin, special["bos"]), (end, special["eos"])],
    )
    tokenizer.add_special_tokens([vocabulary[index][0] for index in special.values()])
    tokenizer.save(str(folder / "tokenizer.json"))


def _configuration(sizes: Sizes) -> dict[str, Any]:
    """The JSON files that make the folder a Sentence Transformers model."""
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": sizes.hidden,
            "num_hidden_layers": sizes.layers,
            "num_attention_heads": sizes.heads,
            "intermediate_size": sizes.feed_forward,
            "max_position_embeddings": sizes.positions,
            "vocab_size": sizes.vocabulary,
            "type_vocab_size": sizes.types,
            "layer_norm_eps": sizes.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": 1,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": sizes.positions,
            "bos_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "cls_token": "<s>",
            "unk_token": "<unk>",
            "pad_token": "<pad>",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {
                "idx": 1,
                "name": "1",
                "path": "1_Pooling",
                "type": "sentence_transformers.models.Pooling",
            },
            {
                "idx": 2,
                "name": "2",
                "path": "2_Normalize",
                "type": "sentence_transformers.models.Normalize",
            },
        ],
        "sentence_bert_config.json": {"max_seq_length": sizes.positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": sizes.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: "},
            "similarity_fn_name": "cosine",
        },
    }
