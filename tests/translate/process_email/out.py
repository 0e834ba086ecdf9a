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


def processEmail(email_contents=None, vocabList=None):
    """Observed arguments:
    email_contents : str
    vocabList : cell
    """
    word_indices = np.zeros((0, 0))
    email_contents = lower(email_contents)
    email_contents = regexprep(email_contents, "<[^<>]+>", " ")
    email_contents = regexprep(email_contents, "[0-9]+", "number")
    email_contents = regexprep(email_contents, "(http|https)://[^\\s]*", "httpaddr")
    email_contents = regexprep(email_contents, "[^\\s]+@[^\\s]+", "emailaddr")
    email_contents = regexprep(email_contents, "[$]+", "dollar")
    cleaned = ""
    while not isempty(email_contents):
        str, email_contents = strtok(
            email_contents,
            horzcat(" @$/#.-:&*+=[]?!(){},'\">_<;%", char(10), char(13)),
            nargout=2,
        )
        str = regexprep(str, "[^a-zA-Z0-9]", "")
        if length(str) < 1:
            continue
        for i in range(1, len(vocabList) + 1):
            if istrue(strcmp(str, vocabList[i - 1])):
                word_indices = vertcat(word_indices, i)
                break
        cleaned = horzcat(cleaned, " ", str)
    return word_indices, cleaned
