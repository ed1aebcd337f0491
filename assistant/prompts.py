"""Everything that is said to the language model.

Short and passage first: a small model judges best so, and the passage's tokens are read once
for every question asked of it (the server keeps the prefix).
"""

PASSAGE = "Passage: {context}\n\n"

JUDGE = PASSAGE + (
    "Question: {question}\n\nDoes the passage answer the question? Answer yes or no."
)

EXTRACT = PASSAGE + (
    "Question: {question}\n\nCopy the shortest words of the passage that answer the question. "
    "If the passage does not answer it, write NONE."
)

NONE = "NONE"

ENTAILS = PASSAGE + (
    "Statement: {claim}\n\nDoes the passage say that the statement is true? Answer yes or no."
)

WRITE = (
    "{evidence}\n\nQuestion: {question}\n\n"
    "Answer the question in {language}, in {length}, using only the facts above. "
    "Copy names, numbers and dates exactly. Do not add anything."
)

CONDENSE = (
    "Conversation:\n{history}\n\nLast question: {question}\n\n"
    "Rewrite the last question so that it can be understood alone: replace words such as it, he, "
    "she, they, there, that with what they stand for. Write only the question, in {language}."
)
