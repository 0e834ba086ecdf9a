function r = evalinCaller()
secret = 42;
r = peek() + 1;
end
function v = peek()
v = evalin('caller', 'secret');
end
