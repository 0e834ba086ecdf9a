from port.migrate.runtime import run_script, workspace

a = 2
run_script("innerScript", globals())
b = workspace(globals(), "b")
c = b + a
run_script("innerScript", globals())
d = b
