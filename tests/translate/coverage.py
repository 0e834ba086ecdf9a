"""Which case covers which construct and which built-in function."""
def table(chosen): return ""
