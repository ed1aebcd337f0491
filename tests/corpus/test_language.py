import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "en"),
        ("2024?", "en"),
        ("OECD", "en"),
        ("How many companies?", "en"),
        ("NCP Kazakhstan", "en"),
        ("Who is Çavuşoğlu?", "en"),
        ("What did O'Brien say?", "en"),
        ("Сколько предприятий участвовало в опросе?", "ru"),
        ("Что такое НПД?", "ru"),
        ("а бренды?", "ru"),
        ("Что такое UN Guiding Principles on Business?", "ru"),
        ("Кто такой Қасым-Жомарт Токаев?", "ru"),
        ("Қанша компания сауалнамаға қатысты?", "kk"),
        ("Адам құқықтары деген не?", "kk"),
        ("Neçə şirkət sorğuda iştirak edib?", "az"),
        ("Ankete kaç işletme katıldı?", "tr"),
        ("Бул эмне үчүн керек?", "ky"),
        ("Nechta korxona so‘rovda qatnashdi?", "uz"),
        ("Хэдэн компани оролцсон бэ?", "mn"),
        ("რამდენი კომპანია მონაწილეობდა?", "ka"),
    ],
)
def test_short_questions_are_recognised(text, language):
    assert detect(text) == language


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_text_has_a_two_letter_language(text):
    assert len(detect(text)) == 2
