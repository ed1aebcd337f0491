"""The header and the About page as HTML."""

HEADER = (
    '<header class="top"><a class="skip" href="#question-box">Skip to the question box</a>'
    "<h1>UNGP Assistant</h1>"
    '<button type="button" class="plain-button fold" data-fold aria-controls="filters" '
    'aria-expanded="true">Filters</button></header>'
)


def about(articles: int, version: int) -> str:
    """What the assistant is, how far to trust it, and what it knows today."""
    index = (
        f"It knows {articles} article{'s' * (articles != 1)} today (index version {version})."
        if articles
        else "It knows no articles yet."
    )
    return (
        '<section class="about"><h2>About</h2>'
        "<p>UNGP Assistant answers questions about how the UN Guiding Principles on Business and "
        f"Human Rights are put into practice. {index}</p>"
        "<h3>How an answer is made</h3>"
        "<p>Passages are looked up first. Each sentence is then written from them and checked: "
        "its quotes must stand in the article word for word, and its numbers, dates and names "
        "must stand in its quotes. A sentence appears only when it has passed.</p>"
        "<h3>What to watch for</h3>"
        "<p>A dotted underline marks a sentence whose wording is less certain. When the articles "
        "do not say something, the answer says so. Before you repeat a sentence, open its number "
        "and read the quote in its place.</p>"
        "<h3>Privacy</h3>"
        "<p>This page asks nothing of other sites. A conversation lasts as long as the page is "
        "open.</p></section>"
    )
