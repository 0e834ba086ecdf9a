function n = useShout(word)
shout(word);
shout(word, 2);
shout word
n = length(word);
end
