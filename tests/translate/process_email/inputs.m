email_contents = "Visit <b>us</b> at http://example.org for $100!\nMail me@example.org: only 20% left.";
vocabList = {'at', 'dollarnumber', 'for', 'httpaddr', 'left', 'number', 'visit'};
