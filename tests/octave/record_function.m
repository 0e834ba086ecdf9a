function record_function (folder, outputs, call)
  % Call a function of a case with its inputs; keep what it prints and gives.
  inputs_ = made_inputs (folder);
  for [value_, name_] = inputs_
    eval ([name_ " = value_;"]);
  end
  printed_ = evalc ([call ";"]);
  values_ = struct ();
  for k_ = 1:numel (outputs)
    values_.(outputs{k_}) = eval (outputs{k_});
  end
  write_answer (folder, printed_, values_);
end
