s = 'Hello World';
