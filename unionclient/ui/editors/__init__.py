"""Inputs for one field, shared by grid and form: one kind per field type, all of them lines of text.

Every input takes whatever is typed; reading it is the workspace's work, so nothing typed is ever refused or lost.
"""
