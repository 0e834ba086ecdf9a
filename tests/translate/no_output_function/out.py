from port.migrate.runtime import length
from shout import shout


def useShout(word=None):
    shout(word)
    shout(word, 2)
    shout("word")
    n = length(word)
    return n
