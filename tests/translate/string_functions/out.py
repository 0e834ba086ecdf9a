from port.migrate.runtime import (
    colon,
    fliplr,
    horzcat,
    index,
    isempty,
    lower,
    num2str,
    regexprep,
    repmat,
    sprintf,
    strcat,
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
    """Observed arguments:
    s : str
    """
    a = upper(s)
    b = strrep(s, "l", "LL")
    c = strsplit(s, " ")
    d = strjoin(fliplr(c), "-")
    e = horzcat(strtrim(sprintf("  %s  ", s)), "!")
    f = strfind(s, "o")
    g = regexprep(s, "(\\w+) (\\w+)", "$2 $1")
    h = horzcat(
        s == "Hello World",
        strcmpi(s, "hello world"),
        strncmp(s, "Help", 3),
        isempty(strfind(s, "xyz")),
    )
    k = [
        fliplr(s),
        index(s, colon(len(s), -1, 7)),
        lower(index(s, 1)),
        num2str(len(s)),
        strcat("a", "b", "c"),
        repmat("-", 1, 5),
    ]
    return a, b, c, d, e, f, g, h, k
