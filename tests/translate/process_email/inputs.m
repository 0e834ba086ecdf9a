text = "Visit <b>us</b> at http://example.org for $100!\nMail me@example.org: only 20% left.";
known = {'at', 'moneydigits', 'for', 'weblink', 'left', 'digits', 'visit'};
