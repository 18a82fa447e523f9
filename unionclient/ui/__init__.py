"""Floor 4: the window. The only room that imports PySide6; it holds no rule of the domain.

A page talks to `Workspace` only and shows again what the returned `Changes` name.
"""
