a = 'kitten';
b = 'sitting';
