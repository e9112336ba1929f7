# SPDX-License-Identifier: MIT
"""Mnemonic sentences (BIP-39) in ten languages."""

import ctypes
from dataclasses import dataclass
from enum import IntEnum
from typing import Self

from coffer import _abi, _lib
from coffer.secret import Handle, Password, Secret, secret_of


class Language(IntEnum):
    """The languages that BIP-39 has word lists for."""

    ENGLISH = _abi.LANGUAGE_ENGLISH
    JAPANESE = _abi.LANGUAGE_JAPANESE
    KOREAN = _abi.LANGUAGE_KOREAN
    SPANISH = _abi.LANGUAGE_SPANISH
    CHINESE_SIMPLIFIED = _abi.LANGUAGE_CHINESE_SIMPLIFIED
    CHINESE_TRADITIONAL = _abi.LANGUAGE_CHINESE_TRADITIONAL
    FRENCH = _abi.LANGUAGE_FRENCH
    ITALIAN = _abi.LANGUAGE_ITALIAN
    CZECH = _abi.LANGUAGE_CZECH
    PORTUGUESE = _abi.LANGUAGE_PORTUGUESE


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word that the list does not have: its place, counted from 1, and the nearest words. For the
    screen of the person who types: a suggestion is most of a secret."""

    position: int
    suggestions: tuple[str, ...]


class Mnemonic(Handle):
    """A sentence whose words and checksum are right."""

    noun = "mnemonic"

    def __init__(self, sentence: str, language: Language | None = None) -> None:
        """Reads a sentence as a person typed it; without a language it finds it.

        Raises MnemonicLength, MnemonicUnknownWord (with the word's place), MnemonicChecksum, and
        InvalidArgument for a sentence that is right in two languages. The str is yours to care
        about.
        """
        text, pointer = _lib.utf8(sentence, "sentence"), ctypes.c_void_p()
        which = _abi.LANGUAGE_ANY if language is None else language
        _lib.call("mnemonic_parse", text, len(text), which, ctypes.byref(pointer))
        self._pointer = pointer

    @classmethod
    def generate(cls, words: int = 24, language: Language = Language.ENGLISH) -> Self:
        """A new sentence of fresh entropy of the system."""
        return cls._make("mnemonic_generate", words, language)

    @classmethod
    def from_entropy(
        cls, entropy: Secret | bytes | bytearray, language: Language = Language.ENGLISH
    ) -> Self:
        """The sentence that stands for entropy of your own choice, or from a keystore."""
        return cls._make("mnemonic_from_entropy", secret_of(entropy)._handle(), language)

    @property
    def language(self) -> Language:
        return Language(self._describe()[0])

    @property
    def word_count(self) -> int:
        return self._describe()[1]

    def _describe(self) -> tuple[int, int]:
        language, words = ctypes.c_uint8(), ctypes.c_uint32()
        _lib.call(
            "mnemonic_describe", self._handle(), ctypes.byref(language), ctypes.byref(words)
        )
        return language.value, words.value

    def entropy(self) -> Secret:
        """The entropy that the words encode, e.g. for guardians' shares."""
        return Secret._make("mnemonic_entropy", self._handle())

    def seed(self, passphrase: Password = "") -> Secret:
        """The 64-byte seed. Every passphrase is right and gives another wallet."""
        phrase = _lib.as_bytes(passphrase, "passphrase")
        return Secret._make("mnemonic_seed", self._handle(), phrase, len(phrase))

    def export_sentence(self) -> str:
        """The words in NFKD; the str is yours to care about."""
        return _lib.secret_text_out(
            _abi.MNEMONIC_TEXT_SIZE, "mnemonic_export_sentence", self._handle()
        )


def unknown_words(sentence: str, language: Language) -> list[UnknownWord]:
    """The words that the language does not have, with suggestions."""
    text = _lib.utf8(sentence, "sentence")
    found = _lib.structs_out(
        _abi.UnknownWord, "mnemonic_unknown_words", text, len(text), language
    )
    return [_unknown_word(word) for word in found]


def _unknown_word(struct: _abi.UnknownWord) -> UnknownWord:
    suggestions = struct.suggestions[: struct.suggestions_count]
    return UnknownWord(struct.position, tuple(word.text.decode() for word in suggestions))


def mnemonic_word(language: Language, index: int) -> str:
    """Word number `index` (0 to 2047) of a list, in NFKD."""
    word = _abi.Word()
    _lib.call("mnemonic_word", language, index, ctypes.byref(word))
    text: bytes = word.text
    return text.decode()


def complete_word(prefix: str, language: Language) -> list[str]:
    """The words of a list that begin with `prefix`; an empty prefix gives none."""
    text = _lib.utf8(prefix, "prefix")
    found = _lib.structs_out(_abi.Word, "mnemonic_complete_word", text, len(text), language)
    return [word.text.decode() for word in found]
