"""One small real offer of each kind, from which ``carmina plugins new`` makes packages. ``sample`` stands for the
plugin's name."""
