"""The few words that a body gets from us, by language (BCP 47, its first subtag)."""

from __future__ import annotations

from blogforge.languages import primary

_FACTS = {
    "en": "Facts", "fr": "Repères", "de": "Fakten", "es": "Datos", "it": "I fatti",
    "pt": "Factos", "nl": "Feiten", "sv": "Fakta", "da": "Fakta", "no": "Fakta", "nb": "Fakta",
    "fi": "Faktat", "pl": "Fakty", "cs": "Fakta", "ru": "Факты", "uk": "Факти", "tr": "Bilgi",
    "ar": "حقائق", "fa": "واقعیت‌ها", "he": "עובדות", "hi": "तथ्य", "ja": "データ", "zh": "资料",
    "ko": "팩트",
}  # fmt: skip

_BACK = {
    "en": "Back to reference {}", "fr": "Retour à l’appel de note {}",
    "de": "Zurück zum Verweis {}", "es": "Volver a la llamada {}",
    "it": "Torna al richiamo {}", "pt": "Voltar à chamada {}",
    "nl": "Terug naar verwijzing {}", "sv": "Tillbaka till hänvisning {}",
    "pl": "Powrót do odnośnika {}", "ru": "Назад к сноске {}", "ar": "العودة إلى المرجع {}",
}  # fmt: skip


def facts(lang: str) -> str:
    """The title of a fact box that has none of its own."""
    return _FACTS.get(primary(lang), _FACTS["en"])


def back_to_reference(lang: str, mark: str) -> str:
    """What a screen reader says for the arrow behind a footnote."""
    return _BACK.get(primary(lang), _BACK["en"]).format(mark)
