docs = {'the cat sat', 'the dog', 'a cat and a dog'};
