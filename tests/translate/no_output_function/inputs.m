word = 'hey';
