M = magic(4);
limit = 9;
