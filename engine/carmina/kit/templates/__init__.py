"""One small real entry of each kind, from which ``carmina plugins new`` makes packages. ``sample`` stands for the
plugin's name."""
