function stack = stackOfCoders(size)
    % the argument hides the function of that name
    for level = 2 : numel(size)
        stack.coder{level-1}.widths = [size(level-1) size(level) size(level-1)];
        stack.coder{level-1}.V = cell(1, 2);
        for k = 1:2
            stack.coder{level-1}.V{k} = ones(stack.coder{level-1}.widths(k+1), stack.coder{level-1}.widths(k)) * k / 10;
        end
    end
end
