"""Texts that people may type or paste, each of a kind that once prevented a document from being made."""

from typing import Final

TYPED: Final = (
    "C’est fait ✅, bravo 🎉",
    "👩‍👩‍👧‍👦 🇫🇷 👍🏽 ❤️‍🔥 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🫩",
    "مرحبا بكم في المدينة, שלום, 字漢, नमस्ते, ⵜⴰⵎⴰⵣⵉⵖⵜ",
    "retourné \u202eniamed\u202c \u2067x\u2069 \u200b\u200d\ufeff\u00ad fin",
    "haut\x00 bas\x07\x0b\x0c\x1b[31m\x7f\x85 \ufffe\uffff\ufdd0",
    "Z̸̢̛a̴l̵g̶o̷ n\u0303 a\u0651 \u0301",
    "non attribués \u0378 \U000e1234 privés \ue000 \U0010fffd",
    "x" * 200,
    "https://exemple.fr/" + "chemin/" * 40,
    '#panic("x") $a$ *gras* _ital_ @ref <lien> `code` = titre \\ [x] // note',
    "=1+1 +2 -3 @x \t\r\n fin",
    "<script>alert(1)</script> & \"guillemets\" 'simples' ]]> {{ 7*7 }} %s %(x)s",
)
