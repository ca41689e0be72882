"""Is a text English? If not, which language does it seem to be?

Words such as "the" and "of" settle it for nearly every English article. Only a text with few of
them is given to the identifier, which takes most of a second to load.
"""

import re
from importlib import import_module

_WORD = re.compile(r"[^\W\d_]+")
_OTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")
_ENGLISH = {
    "the", "and", "of", "to", "that", "with", "for", "from", "by", "will", "would", "are",
    "have", "has", "had", "his", "their", "which", "this", "be", "been", "not", "it", "at",
    "as", "but", "was", "were", "is", "in", "on", "an", "may", "could", "should", "than", "its",
    "they", "he", "she", "who", "more", "after", "before",
}  # fmt: skip
_ENOUGH = 0.2  # of the words: English has some 0.35, the nearest other languages 0.06
_FEWEST_WORDS = 20  # in Latin letters: headlines and lists of names look like any language
_SAMPLE = 20_000  # characters

_NAMES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "ary": "Arabic", "arz": "Arabic",
    "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali", "bs": "Bosnian",
    "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek",
    "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "ga": "Irish", "gl": "Galician", "gu": "Gujarati", "ha": "Hausa",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian",
    "id": "Indonesian", "ig": "Igbo", "is": "Icelandic", "it": "Italian", "ja": "Japanese",
    "ka": "Georgian", "kk": "Kazakh", "km": "Khmer", "kn": "Kannada", "ko": "Korean",
    "ku": "Kurdish", "ky": "Kyrgyz", "la": "Latin", "lb": "Luxembourgish", "lo": "Lao",
    "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian",
    "mr": "Marathi", "ms": "Malay", "mt": "Maltese", "my": "Burmese", "ne": "Nepali",
    "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian", "pa": "Punjabi", "pl": "Polish",
    "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "si": "Sinhala",
    "sk": "Slovak", "sl": "Slovenian", "so": "Somali", "sq": "Albanian", "sr": "Serbian",
    "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "tg": "Tajik", "th": "Thai",
    "tk": "Turkmen", "tl": "Tagalog", "tr": "Turkish", "ug": "Uyghur", "uk": "Ukrainian",
    "ur": "Urdu", "uz": "Uzbek", "uzs": "Uzbek", "vi": "Vietnamese", "wuu": "Chinese",
    "xh": "Xhosa", "yo": "Yoruba", "yue": "Chinese", "zh": "Chinese", "zu": "Zulu",
}  # fmt: skip


def other_language(text: str) -> str | None:
    """The English name of the language that ``text`` seems to be in, or None for English.

    None as well where there is too little to tell: fewer than twenty words in Latin letters.
    English with foreign names and quotations in it is English.

    Reference: the identifier is M. Lui and T. Baldwin (2012), "langid.py: An Off-the-shelf
    Language Identification Tool", ACL System Demonstrations, 25-30, as kept in py3langid.
    """
    words = _WORD.findall(text.lower())
    if 2 * len(_OTHER_SCRIPT.findall(text)) <= sum(map(len, words)):
        known = sum(word in _ENGLISH for word in words)
        if len(words) < _FEWEST_WORDS or known >= _ENOUGH * len(words):
            return None
    code, _ = import_module("py3langid").classify(text[:_SAMPLE])
    return None if code in ("en", "zxx") else _NAMES.get(code, f"the language {code!r}")
