"""Check many submissions at once: foreign code in isolation, results that survive a crash, one machine or many."""
