"""What stands under a question and under an answer: the reader's next steps."""

from __future__ import annotations

from html import escape

from ui.web.conversation import Turn
from ui.web.texts import Texts

FORMS = ("docx", "pdf", "md", "json", "bib", "ris", "csl")
"""The forms an answer or a conversation is saved in, most wanted first."""


def question_actions(one: Turn, t: Texts) -> str:
    """Edit and ask again; nothing while the answer is on its way or the question is not kept."""
    if one.running or not one.id:
        return ""
    name = escape(one.id)
    return (
        '<p class="turn-actions">'
        f'<button type="button" class="small" data-edit="{name}">{escape(t("turn.edit"))}</button>'
        f'<button type="button" class="small" data-again="{name}">{escape(t("turn.again"))}'
        "</button></p>"
    )


def below_answer(one: Turn, t: Texts) -> str:
    """Link, save, and the reader's verdict."""
    if not one.id:
        return ""
    name = escape(one.id)
    return (
        f'<div class="answer-actions" lang="{t.language}">'
        f'<button type="button" class="small" data-link="{name}">{escape(t("turn.link"))}</button>'
        f"{saving('turn', one.id, t('turn.save'), t)}"
        f'<span class="verdict" role="group" aria-label="{escape(t("turn.verdict"))}">'
        f"{_thumb(one, True, t)}{_thumb(one, False, t)}</span>{_reason(one, t)}</div>"
    )


def saving(scope: str, name: str, label: str, t: Texts) -> str:
    """A list of file forms that folds out; `scope` is "turn" or "conversation"."""
    forms = "".join(
        f'<li><button type="button" class="small" data-save="{form}" data-scope="{scope}" '
        f'data-name="{escape(name)}">{escape(t(f"forms.{form}"))}</button></li>'
        for form in FORMS
    )
    return (
        f'<details class="menu"><summary class="small">{escape(label)}</summary>'
        f"<ul>{forms}</ul></details>"
    )


def suggestions(one: Turn, t: Texts) -> str:
    """Questions to ask next."""
    if not one.suggestions:
        return ""
    items = "".join(
        f'<li><button type="button" class="example" data-ask="{escape(text)}">{escape(text)}'
        "</button></li>"
        for text in one.suggestions
    )
    label = escape(t("turn.next"))
    return (
        f'<div class="next" lang="{t.language}"><h3>{label}</h3>'
        f'<ul class="examples" aria-label="{label}">{items}</ul></div>'
    )


def _thumb(one: Turn, up: bool, t: Texts) -> str:
    pressed = str(one.rated is up).lower()
    label = t("turn.useful") if up else t("turn.not_useful")
    return (
        f'<button type="button" class="small" data-rate="{escape(one.id)}" data-up="{int(up)}" '
        f'aria-pressed="{pressed}">{escape(label)}</button>'
    )


def _reason(one: Turn, t: Texts) -> str:
    name = escape(one.id)
    return (
        f'<form class="reason" data-reason="{name}" hidden>'
        f'<label for="reason-{name}">{escape(t("turn.reason"))}</label>'
        f'<input id="reason-{name}" type="text" maxlength="500" autocomplete="off">'
        f'<button type="submit" class="small">{escape(t("turn.send"))}</button></form>'
    )
