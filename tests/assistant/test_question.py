"""What questions ask for, and how they are split."""

import pytest

from assistant.parts import asks_for_a_thing, leans, split_question
from assistant.question import Wanted, asks_for_several, has_one_answer, wanted
from assistant.typed import adds_to, can_be, tells_nothing


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When was the round table held?", Wanted.DATE),
        ("В каком году принят план?", Wanted.DATE),
        ("How much money did Japan give?", Wanted.MONEY),
        ("At what turnover does the act apply?", Wanted.MONEY),
        ("Какой оборот обязывает публиковать заявление?", Wanted.MONEY),
        ("Во сколько обошёлся круглый стол?", Wanted.MONEY),
        ("How many enterprises answered?", Wanted.NUMBER),
        ("Сколько предприятий участвовало в опросе?", Wanted.NUMBER),
        ("Из скольких экспертов состоит группа?", Wanted.NUMBER),
        ("По какому числу жалоб вынесены решения?", Wanted.NUMBER),
        ("До какого года действует план?", Wanted.DATE),
        ("К какому числу компании сдают отчёт?", Wanted.DATE),
        ("На какое число назначено заседание?", Wanted.DATE),
        ("На какие годы рассчитан план?", Wanted.DATE),
        ("Which years does the plan cover?", Wanted.DATE),
        ("Who presented the results?", Wanted.PERSON),
        ("In which city did it take place?", Wanted.CITY),
        ("Which four ministries took part?", Wanted.LIST),
        ("Why is a plan needed?", Wanted.REASON),
        ("Did UNDP organise it?", Wanted.YES_NO),
        ("Do web shops fall under the ban on goods?", Wanted.YES_NO),
        ("Will the company find out who complained?", Wanted.YES_NO),
        ("Освобождается ли государство от обязательств, когда передаёт услугу?", Wanted.YES_NO),
        ("Известно ли, когда принят закон?", Wanted.DATE),
        ("Is there a fine, and how much is it?", Wanted.NUMBER),
        ("Есть ли в плане меры по закупкам, и какие?", Wanted.LIST),
        ("Principle 18", Wanted.OTHER),
    ],
)
def test_the_type_of_a_question_is_told_by_its_words(question: str, kind: Wanted) -> None:
    assert wanted(question) is kind


@pytest.mark.parametrize(
    ("span", "kind", "fits"),
    [
        ("April 5, 2024", Wanted.DATE, True),
        ("a large number", Wanted.NUMBER, False),
        ("278", Wanted.NUMBER, True),
        ("2022", Wanted.MONEY, False),
        ("USD 3 million", Wanted.MONEY, True),
        ("Tatiana Zinovich", Wanted.PERSON, True),
        ("the participants", Wanted.PERSON, False),
        ("Kazakhstan", Wanted.PLACE, True),
        ("", Wanted.OTHER, False),
    ],
)
def test_words_of_another_type_are_no_answer(span: str, kind: Wanted, fits: bool) -> None:
    assert can_be(span, kind) is fits


def test_two_questions_in_one_are_both_asked() -> None:
    parts = split_question("When was the round table held and who organised it?")
    assert parts == ["When was the round table held?", "Who organised it?"]


@pytest.mark.parametrize(
    ("question", "second"),
    [
        ("Who chairs the council, and with how many votes?", "With how many votes?"),
        ("Which state is to be host, and in which town?", "In which town?"),
        ("Is the contact point a court, and what can it offer?", "What can it offer?"),
        ("Кто изложил итоги оценки и в какой день?", "В какой день?"),
        ("Сколько фирм проверили и у скольких нашли нарушения?", "У скольких нашли нарушения?"),
        ("Has Ostland adopted a plan, and does it have a budget?", "Does it have a budget?"),
    ],
)
def test_a_second_thing_asked_may_begin_with_a_preposition_and_follow_a_question_whether(
    question: str, second: str
) -> None:
    assert split_question(question)[1] == second


@pytest.mark.parametrize(
    ("question", "second"),
    [
        (
            "Under Law 214: who has to answer, and who decides on it?",
            "Under Law 214: who decides on it?",
        ),
        ("По НПД-2: с какой суммы просят справку и кто её даёт?", "По НПД-2: кто её даёт?"),
        ("For the course, how many came and who paid for it?", "For the course, who paid for it?"),
    ],
)
def test_what_leads_in_leads_each_part_in(question: str, second: str) -> None:
    assert split_question(question)[1] == second


def test_only_what_asks_for_a_thing_can_be_answered_with_what_it_means_later() -> None:
    assert asks_for_a_thing("Which country was host?")
    assert asks_for_a_thing("Who spoke?")
    assert not asks_for_a_thing("When did the workshop open?")
    assert not asks_for_a_thing("What does grade A mean?")


def test_a_part_that_points_back_or_says_little_leans_on_the_first() -> None:
    assert leans("Who organised it?")
    assert leans("In which town?")
    assert not leans("How many focus groups fed into the Kazakh assessment?")


def test_a_second_thing_asked_without_a_verb_has_that_of_the_first() -> None:
    assert split_question("Who did the study in Ostland and who in Westland?") == [
        "Who did the study in Ostland?",
        "Who did the study in Westland?",
    ]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "When and where was the workshop on wages held?",
            ["When was the workshop on wages held?", "Where was the workshop on wages held?"],
        ),
        (
            "Где и когда прошёл семинар о правах рабочих?",
            ["Где прошёл семинар о правах рабочих?", "Когда прошёл семинар о правах рабочих?"],
        ),
        (
            "When and where was the workshop on wages held, and who organised it?",
            [
                "When was the workshop on wages held?",
                "Where was the workshop on wages held?",
                "Who organised it?",
            ],
        ),
        (
            "Кто и когда провёл базовую оценку в Ославии?",
            ["Кто провёл базовую оценку в Ославии?", "Когда провели базовую оценку в Ославии?"],
        ),
        (
            "Когда и кто обратился с жалобой на рудник в Ославии?",
            [
                "Когда обратились с жалобой на рудник в Ославии?",
                "Кто обратился с жалобой на рудник в Ославии?",
            ],
        ),
        (
            "Кто и когда был избран омбудсменом Ославии?",
            ["Кто был избран омбудсменом Ославии?", "Когда был избран омбудсменом Ославии?"],
        ),
        (
            "When and by whom was the baseline study of Osland written?",
            [
                "When was the baseline study of Osland written?",
                "By whom was the baseline study of Osland written?",
            ],
        ),
    ],
)
def test_who_when_and_where_are_questions_of_their_own(question: str, parts: list[str]) -> None:
    assert split_question(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Where and when was it held?",
        "Who are the partners and participants?",
        "Principle 18",
        "How many interviews and how many focus groups fed into the study?",
        "What do the Conclusions ask of governments? I need all the points.",
        "How many people know the line? Percentage?",
        "Чем министр объясняет, что план выполнен лишь частично?",
        "С какого числа действует план, что пришёл на смену прежнему?",
    ],
)
def test_one_question_stays_one(question: str) -> None:
    assert split_question(question) == [question]


def test_what_is_asked_for_where_the_answer_is_no_is_no_question_of_its_own() -> None:
    asked = "Does Ostland have a plan on business, or what exists in its place?"
    assert split_question(asked) == ["Does Ostland have a plan on business?"]
    assert split_question("What is due diligence or how is it done?") != ["What is due diligence?"]


def test_what_a_question_leans_on_asks_nothing() -> None:
    leant = "(When was it held? It was held in Astana.)"
    assert split_question(f"Which ministries came? {leant}") == [f"Which ministries came? {leant}"]
    assert split_question(f"Which ministries came and how many people spoke? {leant}") == [
        f"Which ministries came? {leant}",
        f"How many people spoke? {leant}",
    ]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("What did the Brazilian expert present?", "A Brazilian expert presented."),
        ("Who spoke for Kyrgyzstan in 2017?", "Kyrgyzstan's representative spoke in 2017."),
        ("What is Deputy Minister Vassilenko's first name?", "The first name is Vassilenko."),
        (
            "What is the name of the department's head?",
            "The name is Head of the Department on International Cooperation.",
        ),
        ("Which brands have made the pledge?", "150 brands have made the pledge."),
        ("Who did the baseline assessment?", "A National Baseline Assessment was done."),
        (
            "Кто провёл базовую оценку в Тарнии?",
            "В Тарнии проведена Национальная базовая оценка (National Baseline Assessment).",
        ),
    ],
)
def test_a_sentence_that_says_the_question_again_tells_nothing(
    question: str, sentence: str
) -> None:
    assert tells_nothing(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who spoke for Kyrgyzstan in 2017?", "Aida Asanova spoke for Kyrgyzstan."),
        ("What is the name of the head of the office?", "The head is Marta Weiss."),
        ("Who may inspect a mine?", "The labour inspectorate may inspect a mine."),
        ("How many came?", "Twelve came."),
        ("Which conventions are fundamental?", "Conventions No. 138 and No. 182 are."),
        ("Is a contact point a court?", "It is not a court."),
        ("Кто выступил?", "Aida Asanova spoke."),
        ("Who did the baseline assessment?", "UNDP did the National Baseline Assessment."),
        ("Кто провёл базовую оценку?", "Базовую оценку провёл директор (Marta Weiss)."),
    ],
)
def test_a_sentence_that_adds_something_tells_it(question: str, sentence: str) -> None:
    assert not tells_nothing(question, sentence)


def test_what_a_question_leans_on_does_not_tell_its_type() -> None:
    assert wanted("Which method was used? (How many firms came? 60 firms.)") is Wanted.OTHER


@pytest.mark.parametrize("question", ["hw many firms surveyd", "workshop how mny days"])
def test_what_is_asked_is_told_in_spite_of_misspelling(question: str) -> None:
    assert wanted(question) is Wanted.NUMBER


@pytest.mark.parametrize(
    ("question", "sentence", "gives"),
    [
        ("How many requests came in four years?", "It was 4 years of requests.", False),
        ("How many people came?", "The workshop opened on 16 June 2017.", False),
        ("How many people came?", "They met from 8 to 18 October 2012.", False),
        ("How long was the visit?", "It lasted from 8 to 18 October 2012.", True),
        ("How long was the visit?", "It began on 8 October 2012.", False),
        ("How many people came?", "15 people came on 15 June 2017.", True),
        ("How many companies answered?", "278 enterprises answered in 12 months.", True),
        ("hw mny days did it last?", "It was a two-day workshop.", True),
        ("How long did it last?", "It lasted two days.", True),
        ("Сколько дней длился семинар?", "Семинар длился два дня.", True),
        ("Сколько обращений поступило?", "Обращения поступали четыре года.", False),
    ],
)
def test_years_and_dates_count_nothing_else(question: str, sentence: str, gives: bool) -> None:
    assert (adds_to(question, sentence, Wanted.NUMBER) > 0) is gives


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Where could people discuss the draft, in which towns?", True),
        ("Which ministries took part?", True),
        ("Где обсуждали проект, в каких городах?", True),
        ("Where was the round table held?", False),
        ("In which town was the round table held?", False),
    ],
)
def test_a_question_for_several_things_is_known_by_its_plural(question: str, several: bool) -> None:
    assert asks_for_several(question) is several


@pytest.mark.parametrize(
    ("question", "is_one"),
    [
        ("Which principle sets out the criteria?", True),
        ("Какой закон обязывает компании отчитываться?", True),
        ("Какой указ утвердил план?", True),
        ("When was it held?", True),
        ("Which ministry leads the plan?", False),
        ("Which principles are about remedy?", False),
        ("What does the report say?", False),
    ],
)
def test_the_one_text_asked_for_and_what_has_one_value_need_one_passage(
    question: str, is_one: bool
) -> None:
    assert has_one_answer(question) is is_one
