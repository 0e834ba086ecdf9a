function [places, kept] = wordsOfMail(text, known)
places = [];
text = lower(text);
text = regexprep(text, '<[^>]*>', ' ');
text = regexprep(text, '\d+', 'digits');
text = regexprep(text, 'https?://\S*', 'weblink');
text = regexprep(text, '\S+@\S+', 'address');
text = regexprep(text, '\$', 'money');
kept = '';
while ~isempty(text)
    [word, text] = strtok(text, [' .,:;!?%()''"' char(10) char(13)]);
    word = regexprep(word, '[^a-z]', '');
    if length(word) < 1
       continue;
    end
    for k = 1:length(known)
        if strcmp(word, known{k})
            places = [places; k];
            break;
        end
    end
    kept = [kept ' ' word];
end
end
