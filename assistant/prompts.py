"""Everything that is said to the language model.

Short, and passage first: a small model judges best so. What is asked of one passage for one
question begins with the same words, so its tokens are read once (the server keeps the prefix).
"""

PASSAGE = "Passage: {context}\n\n"

QUESTION = "Question: "

ASKED = PASSAGE + QUESTION + "{question}\n\n"

JUDGE = ASKED + "Does the passage answer the question? Answer yes or no."

ANSWER = "Answer the question in "

WRITE = ASKED + (
    ANSWER + "{length} of {language}, using only what the passage says. "
    "Copy names, numbers and dates exactly."
)

ENTAILS = PASSAGE + (
    "Statement: {claim}\n\nDoes the passage say that the statement is true? Answer yes or no."
)

STANDS_ALONE = (
    "Question: {question}\n\n"
    "Somebody is asked this question without any context. Is it clear which thing, person, event "
    "or document the question is about? Answer yes or no."
)
"""Asked without the conversation: shown it, a small model hardly tells a follow-up from a new
subject (AUROC .63 at best; .90 without)."""

CONDENSE = (
    "Conversation:\n{history}\n\nLast question: {question}\n\n"
    "Rewrite the last question so that it can be understood alone: replace words such as it, he, "
    "she, they, there, that with what they stand for. Write only the question, in {language}."
)
