"""The events at which scripts of a project run, their other spellings, and those never come to."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class BuiltIn(NamedTuple):
    """A script that a name stands for."""

    script: str
    about: str


# Where ace comes to, in their order, and when that is.
EVENTS: Mapping[str, str] = MappingProxyType(
    {
        "pre_generation": "before `ace generate` looks at what to write",
        "post_generation": "after `ace generate` has written, or found nothing to do",
        "pre_deployment": "before `ace deploy` starts Amplify's CLI",
        "post_deployment": "after Amplify's CLI has deployed",
        "on_error": "after `ace generate` or `ace deploy` has failed",
        "on_success": "after `ace generate` or `ace deploy` has done its work",
    }
)
OTHER_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "pre_generate": "pre_generation",
        "post_generate": "post_generation",
        "pre_deploy": "pre_deployment",
        "post_deploy": "post_deployment",
        "deployment_complete": "post_deployment",
        "on_failure": "on_error",
    }
)
_NO_RESEARCH = "ace does no research"
_NO_VALIDATION = "to validate a pattern runs no programs"
_NO_TEST = "ace tests patterns apart from projects, without their scripts"
# Why ace never comes to them.
IDLE: Mapping[str, str] = MappingProxyType(
    {
        "pre_research": _NO_RESEARCH,
        "post_research": _NO_RESEARCH,
        "pre_validation": _NO_VALIDATION,
        "post_validation": _NO_VALIDATION,
        "pre_test": _NO_TEST,
        "post_test": _NO_TEST,
        "schema_update": "ace types the data client itself when it generates",
        "sandbox_ready": "use `ace sandbox --once -- COMMAND`",
        "on_rollback": "what ace writes is undone at once, or not at all",
    }
)
# The events of a phase; those of none stand by themselves. What secures may do so anywhere.
PHASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "generation": ("pre_generation", "post_generation"),
        "research": ("pre_research", "post_research"),
        "deployment": ("pre_deployment", "post_deployment"),
        "validation": ("pre_validation", "post_validation"),
        "testing": ("pre_test", "post_test"),
        "amplify": ("post_deployment", "schema_update", "sandbox_ready"),
        "security": (*EVENTS, *IDLE),
    }
)
BUILT_IN: Mapping[str, BuiltIn] = MappingProxyType(
    {
        "check_dependencies": BuiltIn("npm ls", "the packages are installed, and fit each other"),
        "run_linting": BuiltIn("npm run lint", "the project's linter finds nothing"),
        "run_tests": BuiltIn("npm test", "the project's tests pass"),
        "security_scan": BuiltIn(
            "npm audit --audit-level=high", "npm knows of no grave weakness of a package"
        ),
    }
)
# Names that other tools know, and why ace does not.
IMPOSSIBLE: Mapping[str, str] = MappingProxyType(
    {
        "cost_estimate": "ace does not know what AWS will charge",
        "generate_docs": "ace writes no documentation of projects",
        "run_smoke_tests": "ace does not know what to try in your project",
        "update_monitoring": "ace does not know where you watch your project",
        "validate_requirements": "ace has the pattern, which it checks anyway",
        "verify_endpoints": "ace does not know what your endpoints should answer",
    }
)


def event_called(name: str) -> str:
    """Return the event that a name stands for, or the name in the spelling of events."""
    spelled = name.replace("-", "_")
    return OTHER_NAMES.get(spelled, spelled)
