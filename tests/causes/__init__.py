"""The judge of the diagnosis: instances of every cause, made without looking at the rules."""
