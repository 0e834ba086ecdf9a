function matport_write(folder, file, lines)
% Write the lines of one file, byte for byte.
part = fileparts(fullfile(folder, file));
if ~exist(part, 'dir')
    mkdir(part);
end
id = fopen(fullfile(folder, file), 'w');
for k = 1:numel(lines)
    fwrite(id, uint8([double(lines{k}) 10]), 'uint8');
end
fclose(id);
end
