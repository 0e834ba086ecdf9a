import numpy as np

from port.migrate.runtime import (
    copied,
    fliplr,
    horzcat,
    index,
    isempty,
    last,
    length,
    lower,
    num2str,
    regexprep,
    repmat,
    sprintf,
    strcat,
    strcmp,
    strcmpi,
    strfind,
    strjoin,
    strncmp,
    strrep,
    strsplit,
    strtrim,
    upper,
)


def strings(s=None):
    a = upper(s)
    b = strrep(s, "l", "LL")
    c = strsplit(s, " ")
    d = strjoin(fliplr(c), "-")
    e = horzcat(strtrim(sprintf("  %s  ", s)), "!")
    f = strfind(s, "o")
    g = regexprep(s, "(\\w+) (\\w+)", "$2 $1")
    h = horzcat(
        strcmp(s, "Hello World"),
        strcmpi(s, "hello world"),
        strncmp(s, "Help", 3),
        isempty(strfind(s, "xyz")),
    )
    k = [
        fliplr(s),
        copied(index(s, np.arange(last(s), 6, -1, dtype=float)[np.newaxis])),
        lower(index(s, 1)),
        num2str(length(s)),
        strcat("a", "b", "c"),
        repmat("-", 1, 5),
    ]
    return a, b, c, d, e, f, g, h, k
