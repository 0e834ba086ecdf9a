word_indices = [2 5 5 9 12];
