function [a, b] = commented(x) % trailing
%COMMENTED  a help text
%   with several lines, 'quotes' and "more"
%
%   See also NOTHING

%{
a block comment
with = code; that(is) not run
%}

% a comment alone

a = [1, ... first
     2, ... second
     3] + x; % sum
b = {'a % not a comment', ... 
     "b # nor this", ...
     'it''s'};

    %{
    indented block
    %}
if x > 1 % condition
    % nothing but a comment
end
end
