from shout import shout


def useShout(word=None):
    """Observed arguments:
    word : str
    """
    shout(word)
    shout(word, 2)
    shout("word")
    n = len(word)
    return n
