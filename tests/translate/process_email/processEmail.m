function [word_indices, cleaned] = processEmail(email_contents, vocabList)
word_indices = [];
email_contents = lower(email_contents);
email_contents = regexprep(email_contents, '<[^<>]+>', ' ');
email_contents = regexprep(email_contents, '[0-9]+', 'number');
email_contents = regexprep(email_contents, '(http|https)://[^\s]*', 'httpaddr');
email_contents = regexprep(email_contents, '[^\s]+@[^\s]+', 'emailaddr');
email_contents = regexprep(email_contents, '[$]+', 'dollar');
cleaned = '';
while ~isempty(email_contents)
    [str, email_contents] = strtok(email_contents, [' @$/#.-:&*+=[]?!(){},''">_<;%' char(10) char(13)]);
    str = regexprep(str, '[^a-zA-Z0-9]', '');
    if length(str) < 1
       continue;
    end
    for i = 1:length(vocabList)
        if strcmp(str, vocabList{i})
            word_indices = [word_indices; i];
            break;
        end
    end
    cleaned = [cleaned ' ' str];
end
end
