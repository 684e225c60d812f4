"""A typed pattern to the files of its application."""

from ace_flow.generator.app import planned_paths, render
from ace_flow.generator.brought import template_findings
from ace_flow.generator.guest import folders_of
from ace_flow.generator.joining import join
from ace_flow.generator.templates import Templates

__all__ = ["Templates", "folders_of", "join", "planned_paths", "render", "template_findings"]
