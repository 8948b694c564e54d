"""All pages of the desk."""

from __future__ import annotations

from webui.views.staff.alerts import alerts
from webui.views.staff.changes import changes
from webui.views.staff.files import files
from webui.views.staff.help import help_page
from webui.views.staff.home import home
from webui.views.staff.lexicon import lexicon
from webui.views.staff.pins import pins
from webui.views.staff.queries import queries
from webui.views.staff.query import query
from webui.views.staff.sources import sources
from webui.views.staff.system import system

DESK = (home, queries, query, pins, lexicon, files, sources, alerts, system, changes, help_page)
