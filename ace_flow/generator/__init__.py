"""A typed pattern to the files of its application."""

from ace_flow.generator.app import planned_paths, render
from ace_flow.generator.brought import template_findings
from ace_flow.generator.origin import signed
from ace_flow.generator.templates import Templates

__all__ = ["Templates", "planned_paths", "render", "signed", "template_findings"]
