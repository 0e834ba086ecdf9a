function [total, n, s, k] = octaveStyle (x)
  # comments with a hash
  total = 0;
  n = 0;
  k = 0;
  for i = 1:numel (x)
    if (x(i) != 0 && !isnan (x(i)))
      total += x(i);
      n++;
    else
      total -= 1;
    endif
  endfor
  total *= 2;
  while (n > 3)
    n--;
  endwhile
  unwind_protect
    s = "double \"quoted\" text\n";
  unwind_protect_cleanup
    total = total + 0.5;
  end_unwind_protect
  switch (n)
    case 3
      s = [s, 'three'];
    otherwise
      s = [s, 'other'];
  endswitch
  do
    k++;
  until (k >= 4)
endfunction
