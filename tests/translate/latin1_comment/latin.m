function r = latin(x)
% Größe der Matrix, übernommen
r = numel(x); % Länge
end
