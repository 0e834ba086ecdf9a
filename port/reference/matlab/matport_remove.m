function matport_remove(folder)
% Take the unpacked sources away again.
rmpath(folder);
if exist('OCTAVE_VERSION', 'builtin')
    confirm_recursive_rmdir(false, 'local');
end
rmdir(folder, 's');
end
