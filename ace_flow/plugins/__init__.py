"""Hooks of installed packages, patterns and projects.

What is offered here costs nothing to import; the rest is imported where hooks run.
"""

from ace_flow.plugins.installed import EntryPoint, Installed, entry_points

__all__ = ["EntryPoint", "Installed", "entry_points"]
