function [w, mistakes] = perceptron(X, t, maxEpochs)
w = zeros(1, columns(X) + 1);
mistakes = [];
epoch = 0;
do
    wrong = 0;
    for i = 1:rows(X)
        x = [1, X(i, :)];
        o = sign(w * x');
        if o == 0
            o = 1;
        endif
        if o != t(i)
            w += 0.5 * t(i) * x;
            wrong++;
        endif
    endfor
    mistakes = [mistakes, wrong];
    epoch += 1;
until wrong == 0 || epoch >= maxEpochs
endfunction
