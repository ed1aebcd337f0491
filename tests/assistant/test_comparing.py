"""Comparisons, as a question about each side."""

import pytest

from assistant.comparing import names_side
from assistant.parts import split_question


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        (
            "Which is older, the pilot ranking or the launch of the framework?",
            ["When was the pilot ranking?", "When was the launch of the framework?"],
        ),
        (
            "Which course is larger, the one on wages or the one on suppliers?",
            ["How large is the course on wages?", "How large is the course on suppliers?"],
        ),
        (
            "who checks that companies comply - Germany's act vs Norway's act?",
            [
                "Who checks that companies comply: Germany's act?",
                "Who checks that companies comply: Norway's act?",
            ],
        ),
        (
            "Which covered more businesses: the survey or the screening of websites?",
            [
                "How many businesses were covered by the survey?",
                "How many businesses were covered by the screening of websites?",
            ],
        ),
        (
            "Где базовую оценку сделали раньше: в Грузии или в Кыргызстане?",
            [
                "Когда в Грузии базовую оценку сделали?",
                "Когда в Кыргызстане базовую оценку сделали?",
            ],
        ),
        (
            "Which event had more participants, the webinar or the workshop of May 2022?",
            [
                "How many participants did the webinar have?",
                "How many participants did the workshop of May 2022 have?",
            ],
        ),
        (
            "How did the event in Astana and that in Baku differ in form?",
            ["What was the form of the event in Astana?", "What was the form of that in Baku?"],
        ),
        (
            "Which was larger in the study: the number of firms or the number of sites? Give both.",
            [
                "What was the number of firms in the study?",
                "What was the number of sites in the study?",
            ],
        ),
        (
            "Which is larger, the budget of Ostland or that of Westland?",
            ["How large is the budget of Ostland?", "How large is the budget of Westland?"],
        ),
        ("How do the two laws differ?", ["How do the two laws differ?"]),
        (
            "Which was adopted later, the charter or the pact?",
            ["When was the charter adopted?", "When was the pact adopted?"],
        ),
        (
            "Which law was passed first, Ostland's or Westland's?",
            ["When was Ostland's law passed?", "When was Westland's law passed?"],
        ),
        (
            "Which of Ostland and Westland has the later plan?",
            ["When was the plan of Ostland?", "When was the plan of Westland?"],
        ),
        (
            "Which state did the group visit first, Ostland or Westland?",
            ["When did the group visit Ostland?", "When did the group visit Westland?"],
        ),
        (
            "Did Ostland adopt its plan before or after Westland?",
            ["When did Ostland adopt its plan?", "When did Westland adopt its plan?"],
        ),
        (
            "In which state did more firms take part, Ostland or Westland?",
            [
                "How many firms did take part in Ostland?",
                "How many firms did take part in Westland?",
            ],
        ),
        (
            "Compare the thresholds of the French and the German law.",
            [
                "What are the thresholds of the French law?",
                "What are the thresholds of the German law?",
            ],
        ),
        (
            "Compare the roles of Ostland and Westland in the event.",
            [
                "What are the roles of Ostland in the event?",
                "What are the roles of Westland in the event?",
            ],
        ),
        (
            "How does the act of Ostland differ from that of Westland in supervision?",
            [
                "What is the supervision of the act of Ostland?",
                "What is the supervision of the act of Westland?",
            ],
        ),
        (
            "Cotton: how do the reports on Ostland and Westland differ?",
            [
                "Cotton: What are the reports on Ostland?",
                "Cotton: What are the reports on Westland?",
            ],
        ),
        (
            "Что было раньше: план Остландии или план Вестландии?",
            ["Когда это было: план Остландии?", "Когда это было: план Вестландии?"],
        ),
        (
            "Чем отличается план от оценки?",
            ["Что такое план?", "В чём особенности оценки?"],
        ),
        (
            "У кого больше участников, у вебинара или у семинара?",
            ["Сколько участников у вебинара?", "Сколько участников у семинара?"],
        ),
        (
            "Compare how the complaints ended: the Dorn factory and the Brusna mill.",
            [
                "How the complaints ended: the Dorn factory?",
                "How the complaints ended: the Brusna mill?",
            ],
        ),
        (
            "Is the second plan shorter than the first in terms of measures?",
            [
                "How many measures does the second plan have?",
                "How many measures does the first plan have?",
            ],
        ),
        (
            "Did the NCP of Norway receive more complaints than the NCP of France?",
            [
                "How many complaints did the NCP of Norway receive?",
                "How many complaints did the NCP of France receive?",
            ],
        ),
        (
            "What is a baseline assessment and what is an action plan? How do they differ?",
            ["What is a baseline assessment?", "What is an action plan?"],
        ),
        (
            "Did the ministry train more judges than planned?",
            ["Did the ministry train more judges than planned?"],
        ),
        (
            "Is the threshold lower than 100 employees?",
            ["Is the threshold lower than 100 employees?"],
        ),
    ],
)
def test_a_comparison_asks_for_both_sides(question: str, sides: list[str]) -> None:
    assert split_question(question) == sides


def test_an_answer_to_one_side_has_to_say_which() -> None:
    sides = ["How many firms act against Norway's fish?", "How many firms act against Peru's fish?"]
    assert names_side("331 firms act against Norwegian fish.", sides[0], sides)
    assert not names_side("331 firms act against the fish.", sides[0], sides)
    assert not names_side("150 firms in Peru act.", sides[0], sides)
