"""A pattern on trial: its application in a folder of its own, and the stages it goes through."""

from __future__ import annotations

import statistics
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ace_flow.caches import passing
from ace_flow.diagnostics import AceError, AttentionError, PatternError, TrustError
from ace_flow.generate import Wishes, generate
from ace_flow.local import assemble
from ace_flow.names import kebab
from ace_flow.programs import node_program
from ace_flow.trials import performance, toolchain
from ace_flow.trials.own import FOLDER, pattern_path, run_own
from ace_flow.trials.packages import install_sandbox, link_packages
from ace_flow.trials.resources import resources_of
from ace_flow.trials.sandbox import try_records
from ace_flow.trials.schema import DATA, models_of
from ace_flow.trials.stages import Done, Outcome, Stage, stages
from ace_flow.trials.values import Values, samples
from ace_flow.workspace import PROJECT_FOLDER, project_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ace_flow.session import Checked, Session
    from ace_flow.trials.declared import ModelSeen
    from ace_flow.trials.performance import Compared, Kept

# Without them there is nothing that a test could go on with.
_VITAL = frozenset({"pattern", "generation"})
_REPEATED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to test, and how: stages by name, values, and the baseline of performance.

    `say` is told what takes long, such as an installation, `log` what the backend prints. With
    `record`, what is measured becomes the baseline.
    """

    reference: str
    wanted: tuple[str, ...]
    values: Values = field(default_factory=Values)
    baseline: Path | None = None
    record: bool = False
    say: Callable[[str], None] = lambda _: None
    log: Callable[[str], None] = lambda _: None


@contextmanager
def trying(session: Session, request: Request) -> Iterator[Trial]:
    """Give a trial in a temporary folder, which is gone afterwards.

    Raises NotFoundError or ConfigurationError when the baseline that is named is none.
    """
    kept: dict[str, Kept] = {}
    if request.baseline and not request.record:
        kept = performance.read_baseline(request.baseline)
    with passing("ace-test-") as folder:
        yield Trial(session, request, Path(folder) / "app", kept)


class Trial:
    """Runs the stages of a request one by one; its attributes hold what they found."""

    def __init__(
        self, session: Session, request: Request, root: Path, kept: Mapping[str, Kept]
    ) -> None:
        self.session = session
        self.request = request
        self.root = root
        self.stages = stages(request.wanted)
        self.done: dict[str, Done] = {}
        self.files: Mapping[str, bytes] = {}
        self.resources: tuple[str, ...] | None = None
        self.compared: tuple[Compared, ...] = ()
        self.recorded: Path | None = None
        self._kept = kept
        self._lost: set[str] = set()
        self._latencies: tuple[float, ...] = ()
        self._checked: Checked | None = None
        self.assembly: Path | None = None

    @property
    def checked(self) -> Checked:
        """The pattern, after its stage has passed."""
        if self._checked is None:
            raise TypeError("the pattern was not checked")
        return self._checked

    @property
    def is_checked(self) -> bool:
        """Tell whether the pattern is valid, as far as that is known."""
        return self._checked is not None

    @property
    def failed(self) -> bool:
        """Tell whether a stage failed so far."""
        return any(done.outcome is Outcome.FAILED for done in self.done.values())

    @property
    def models(self) -> tuple[ModelSeen, ...]:
        """The models that the application has, after it was generated."""
        return models_of(self.checked.pattern, self.files) if self.files else ()

    @property
    def texts(self) -> dict[str, str]:
        """The texts of the application's files by path; what is no text is left out."""
        found = {}
        for path, content in self.files.items():
            with suppress(UnicodeDecodeError):
                found[path] = content.decode("utf-8")
        return found

    def run(self, stage: Stage) -> Done:
        """Run a stage, unless it builds on one that failed, and return what came of it."""
        lacking = [name for name in stage.needs if name in self._lost]
        if lacking:
            text = f"it builds on {' and '.join(lacking)}"
            done = Done(stage=stage, outcome=Outcome.SKIPPED, summary=text)
        else:
            done = self._tried(stage)
        if lacking or done.outcome is Outcome.FAILED:
            self._lost.add(stage.name)
        self.done[stage.name] = done
        return done

    def _tried(self, stage: Stage) -> Done:
        works: dict[str, Callable[[], str | None]] = {
            "pattern": self._check,
            "generation": self._generate,
            "packages": lambda: link_packages(self.root, self.request.say),
            "schema": lambda: toolchain.compile_schema(self.root) if self._has_data else None,
            "types": lambda: toolchain.check_types(self.root),
            "synth": self._synthesize,
            "lint": lambda: toolchain.lint_templates(self._synthesized),
            "build": lambda: toolchain.build_frontend(self.root),
            "suite": lambda: toolchain.run_suite(self.root),
            "tests": lambda: run_own(self.session, self.checked, self.root),
            "sandbox": self._keep_records,
            "performance": self._measure,
        }
        start = time.perf_counter()
        try:
            said = works[stage.name]()
        except AceError as error:
            return _failure(stage, time.perf_counter() - start, error)
        return Done(
            stage=stage,
            outcome=Outcome.SKIPPED if said is None else Outcome.PASSED,
            seconds=time.perf_counter() - start,
            summary="there are none" if said is None else said,
        )

    def _check(self) -> str:
        self._checked = self.session.check(self.request.reference, choose=self.request.values)
        found = self.checked.pattern
        warnings = len(self.checked.findings)
        counts = [
            toolchain.many(len(found.models), "model"),
            toolchain.many(len(found.components), "component"),
            *([toolchain.many(warnings, "warning")] if warnings else []),
        ]
        return ", ".join(counts)

    def _generate(self) -> str:
        self._generated(self.root)
        self.files = {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and PROJECT_FOLDER not in path.relative_to(self.root).parts
        }
        return toolchain.many(len(self.files), "file")

    def _generated(self, root: Path) -> None:
        values = self.request.values
        wishes = Wishes(
            stated=values.known,
            ask=samples,
            config=values.config,
            is_passing=True,
            # To test what lies in one's own project is to ask for it to be run.
            home=project_folder(self.session.root),
        )
        generate(self.session, self.request.reference, root, wishes)

    @property
    def _synthesized(self) -> Path:
        if self.assembly is None:
            raise TypeError("the backend was not synthesized")
        return self.assembly

    def _synthesize(self) -> str:
        self.assembly = assemble(self.root, node_program(), 0, strict=True)
        self.resources = resources_of(self.assembly)
        kinds = toolchain.many(len({*self.resources}), "type")
        return f"{toolchain.many(len(self.resources), 'resource')} of {kinds}"

    @property
    def _has_data(self) -> bool:
        return DATA in self.files

    def _keep_records(self) -> str | None:
        if not self._has_data:
            return None
        install_sandbox(self.request.say)
        passes = _REPEATED if "performance" in self.request.wanted else 1
        tried = try_records(
            self.root, self._synthesized, self.checked.pattern, passes, self.request.log
        )
        self._latencies = tried.latencies
        return tried.summary

    def _measure(self) -> str:
        values = {
            "generation": statistics.median(self._generation_times()),
            "synth": self.done["synth"].seconds,
            "bundle": performance.bundle_size(self.root / "dist"),
            "resources": float(len(self.resources or ())),
            **performance.percentiles(self._latencies),
        }
        path = self.request.baseline or self._baseline_path()
        kept = self._kept
        if path.is_file() and (self.request.record or not self.request.baseline):
            kept = performance.read_baseline(path)
        self.compared = performance.compare(values, kept)
        if self.request.record:
            performance.write_baseline(path, self.checked.pattern.name, self.compared)
            self.recorded = path
            return f"recorded in {path}"
        worse = [item for item in self.compared if item.is_worse]
        if worse:
            shown = "\n".join(performance.shown(item) for item in worse)
            raise AttentionError(
                f"{toolchain.many(len(worse), 'measure')} worse than the baseline", hint=shown
            )
        return "within the baseline" if kept else "there is no baseline; --record makes one"

    def _generation_times(self) -> Iterator[float]:
        for number in range(_REPEATED):
            start = time.perf_counter()
            self._generated(self.root.with_name(f"again-{number}"))
            yield time.perf_counter() - start

    def _baseline_path(self) -> Path:
        """Return where the baseline is by default: with the tests beside a pattern's file."""
        own = pattern_path(self.session, self.checked)
        if own is not None:
            return own.parent / FOLDER / f"{own.stem}.performance.json"
        name = f"{kebab(self.checked.pattern.name)}.json"
        return self.session.root / PROJECT_FOLDER / "performance" / name


def _failure(stage: Stage, seconds: float, error: AceError) -> Done:
    details = error.hint or ""
    if isinstance(error, PatternError):
        found = (f"{item.span}: {item.code}: {item.message}" for item in error.diagnostics)
        details = "\n".join(found)
    return Done(
        stage=stage,
        outcome=Outcome.FAILED,
        seconds=seconds,
        summary=error.message,
        details=details,
        error=error if stage.name in _VITAL or isinstance(error, TrustError) else None,
    )
