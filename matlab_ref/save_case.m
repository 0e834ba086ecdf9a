function save_case(folder, meta, input, expected)
%SAVE_CASE  Write one reference case: the structs input, expected and meta.
%   SAVE_CASE(folder, meta, input, expected) writes folder/<meta.name>.mat.
%
%   meta must hold name, title (why the case exists), task, function, activations,
%   loss, convention, inputs (how they were made) and script; engine, version,
%   layout, hash and date are added here.

if exist('OCTAVE_VERSION', 'builtin')
    meta.engine = 'GNU Octave';
else
    meta.engine = 'MATLAB';
end
meta.schema = 1;
meta.version = version();
meta.layout = 'features x samples';
meta.script = [meta.script '.m'];
meta.script_sha256 = file_sha256(fullfile(fileparts(mfilename('fullpath')), meta.script));
meta.created = datestr(now(), 'yyyy-mm-dd');
save(fullfile(folder, [meta.name '.mat']), 'input', 'expected', 'meta', '-v7');
end
