"""The pages of work beside the ledgers: import, check, figures, scores, print, submit, log. Each talks to `Workspace` only."""
