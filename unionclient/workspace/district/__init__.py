"""The district's side: receive, answer, add up, send down."""

from unionclient.workspace.district.district import District

__all__ = ["District"]
