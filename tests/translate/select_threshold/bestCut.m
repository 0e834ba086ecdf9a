function [cut score] = bestCut(truth, density)
cut = 0;
score = 0;
f = 0;
width = (max(density) - min(density)) / 20;
for trial = min(density):width:max(density)
    flagged = (density < trial);
    hits = sum((flagged == 1) & (truth == 1));
    alarms = sum((flagged == 1) & (truth == 0));
    missed = sum((flagged == 0) & (truth == 1));
    p = hits / (hits + alarms);
    r = hits / (hits + missed);
    f = 2 * p * r / (p + r);
    if f > score
       score = f;
       cut = trial;
    end
end
end
