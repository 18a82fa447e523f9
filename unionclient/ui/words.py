"""The one translation function for what an officer reads; Chinese is the source language.

A catalogue for another language goes to `resources/locale/<language>/LC_MESSAGES/unionclient.mo`;
without one every text stays as written.
"""

import gettext

from unionclient.definition.places import root

_ = gettext.translation("unionclient", localedir=root() / "resources" / "locale", fallback=True).gettext
