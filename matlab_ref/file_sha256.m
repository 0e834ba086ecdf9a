function digest = file_sha256(path)
%FILE_SHA256  SHA-256 of a text file, as 64 hexadecimal digits; CR is left out, so that
%   a checkout on Windows has the same.

file = fopen(path, 'r');
bytes = fread(file, Inf, '*uint8')';
fclose(file);
bytes(bytes == 13) = [];
if exist('OCTAVE_VERSION', 'builtin')
    digest = hash('sha256', char(bytes));
else
    engine = java.security.MessageDigest.getInstance('SHA-256');
    digest = sprintf('%02x', typecast(engine.digest(bytes), 'uint8'));
end
end
