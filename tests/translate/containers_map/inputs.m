text = 'the cat and The dog and the bird';
