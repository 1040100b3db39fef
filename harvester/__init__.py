"""What we make of it: the reconciler, the ledger, the workspace and the command line."""
