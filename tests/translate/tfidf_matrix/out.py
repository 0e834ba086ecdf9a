import numpy as np

from port.migrate.runtime import (
    COLON,
    accumarray,
    assign,
    ctranspose,
    index,
    ismember,
    numel,
    strsplit,
    union,
)


def tfidf(docs=None):
    """Observed arguments:
    docs : cell
    """
    vocab = []
    for i in range(1, len(docs) + 1):
        vocab = union(vocab, strsplit(docs[i - 1]))
    tf = np.zeros((len(docs), numel(vocab)))
    for i in range(1, len(docs) + 1):
        words = strsplit(docs[i - 1])
        found, where = ismember(words, vocab, nargout=2)
        tf = assign(
            tf,
            ctranspose(
                accumarray(
                    ctranspose(index(where, found)),
                    1,
                    np.array([[numel(vocab), 1]], dtype=float),
                )
            ),
            i,
            COLON,
        )
    idf = np.log(len(docs) / (tf > 0).sum(axis=0, keepdims=True))
    M = tf * idf
    return tf, idf, M, vocab
