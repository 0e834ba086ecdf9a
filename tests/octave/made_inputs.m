function in = made_inputs (folder_)
  % The variables that inputs.m of a case makes, as a struct; written to a .mat file too.
  in = struct ();
  [~, case_] = fileparts (folder_);
  if exist (fullfile (folder_, "inputs.m"), "file")
    source (fullfile (folder_, "inputs.m"));
  end
  names_ = who ();
  for k_ = 1:numel (names_)
    if ! any (strcmp (names_{k_}, {"in", "folder_", "case_", "names_", "ans", "k_"}))
      in.(names_{k_}) = eval (names_{k_});
    end
  end
  if numfields (in) > 0
    save ("-v6", [getenv("RECORD_TO") "/" case_ ".mat"], "-struct", "in");
  end
end
