function value = matport_test(site, frame, value)
% Hands on the condition of an if or a while, and keeps whether it holds.
  matport_record(site, frame, double(~isempty(value) && all(value(:))));
end
