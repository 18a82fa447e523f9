"""The command line's groups of verbs, one file each; `unionclient.cli` puts them together."""
