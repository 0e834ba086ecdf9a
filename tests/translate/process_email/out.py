import numpy as np

from port.migrate.runtime import (
    char,
    horzcat,
    isempty,
    istrue,
    length,
    lower,
    regexprep,
    strcmp,
    strtok,
    vertcat,
)


def wordsOfMail(text=None, known=None):
    """Observed arguments:
    text : str
    known : cell
    """
    places = np.zeros((0, 0))
    text = lower(text)
    text = regexprep(text, "<[^>]*>", " ")
    text = regexprep(text, "\\d+", "digits")
    text = regexprep(text, "https?://\\S*", "weblink")
    text = regexprep(text, "\\S+@\\S+", "address")
    text = regexprep(text, "\\$", "money")
    kept = ""
    while not isempty(text):
        word, text = strtok(
            text, horzcat(" .,:;!?%()'\"", char(10), char(13)), nargout=2
        )
        word = regexprep(word, "[^a-z]", "")
        if length(word) < 1:
            continue
        for k in range(1, len(known) + 1):
            if istrue(strcmp(word, known[k - 1])):
                places = vertcat(places, k)
                break
        kept = horzcat(kept, " ", word)
    return places, kept
