function record_script (script)
  % Run the script of the case that RECORD_CASE names with its inputs; keep what it prints and leaves.
  inputs_ = made_inputs (getenv ("RECORD_CASE"));
  for [value_, name_] = inputs_
    eval ([name_ " = value_;"]);
  end
  clear value_ name_ inputs_
  printed_ = evalc (script);
  values_ = struct ();
  names_ = who ();
  for k_ = 1:numel (names_)
    if ! any (strcmp (names_{k_}, {"script", "ans"})) && names_{k_}(end) != "_"
      values_.(names_{k_}) = eval (names_{k_});
    end
  end
  write_answer (getenv ("RECORD_CASE"), printed_, values_);
end
