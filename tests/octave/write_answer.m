function write_answer (folder, printed, values)
  % Write what was printed, and values by name, as JSON.
  out = fopen ([getenv("RECORD_TO") "/" label(folder) ".json"], "w");
  fprintf (out, '{"printed": %s, "values": %s}\n', encode_value (printed), encode_value (values));
  fclose (out);
end

function name = label (folder)
  [~, name] = fileparts (folder);
end
