"""A typed pattern to the files of its application."""

from ace_flow.generator.app import render
from ace_flow.generator.brought import template_syntax
from ace_flow.generator.templates import Templates

__all__ = ["Templates", "render", "template_syntax"]
