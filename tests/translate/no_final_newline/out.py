def nofinal(x=None):
    r = x + 1
    # end of file follows without a newline
    return r
