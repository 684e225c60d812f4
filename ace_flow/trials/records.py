"""Records of every model of a backend: made, read, changed, listed and deleted, by who may.

And by a stranger, somebody who is signed in and in no group, who must be refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ace_flow.diagnostics import AttentionError
from ace_flow.trials.people import Somebody, belongings, is_decidable, may, may_ask
from ace_flow.trials.samples import NoSampleError, change, sample

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ace_flow.model import Pattern
    from ace_flow.trials.asking import Answer, Backend
    from ace_flow.trials.served import Kind, Place

_LIMIT = 1000


class Kept(NamedTuple):
    """What came of a pass: how often something was done, refused as it should be, and faults.

    `left_out` names the models of which no record could be made, and why.
    """

    done: int
    refused: int
    faults: tuple[str, ...]
    left_out: tuple[str, ...]


class People(NamedTuple):
    """Who takes part; a visitor has nothing but the API key, where there is one."""

    member: Somebody
    visitor: Somebody | None
    stranger: Somebody
    account: Somebody


def keep_records(
    backend: Backend, kinds: tuple[Kind, ...], people: People, pattern: Pattern
) -> Kept:
    """Go through all models once, and return what came of it."""
    done = refused = 0
    faults: list[str] = []
    left_out: list[str] = []
    for kind in kinds:
        one = _Pass(backend, kind, people, pattern)
        try:
            one.run()
        except NoSampleError as error:
            left_out.append(f"{kind.name}: {error}")
        except _StopError:
            pass
        done, refused = done + one.done, refused + one.refused
        faults += one.faults
    return Kept(done, refused, tuple(faults), tuple(left_out))


def summary(kept: Kept, models: int) -> str:
    """Say what came of a pass; raises AttentionError with the faults where there are any."""
    if kept.faults:
        raise AttentionError(f"{len(kept.faults)} went wrong", hint="\n".join(kept.faults))
    text = f"{models - len(kept.left_out)} models: {kept.done} done, {kept.refused} refused"
    return "; ".join([text, *(f"left out: {item}" for item in kept.left_out)])


class _StopError(Exception):
    """Nothing more can be tried with a model."""


class _Pass:
    """One model's turn."""

    def __init__(self, backend: Backend, kind: Kind, people: People, pattern: Pattern) -> None:
        self.backend = backend
        self.kind = kind
        self.people = people
        self.model = pattern.model(kind.name)
        # Where single fields have rules of their own, those of the model do not decide alone.
        fields = self.model.fields if self.model else ()
        self.is_plain = is_decidable(kind) and not any(item.authorization for item in fields)
        self.done = self.refused = 0
        self.faults: list[str] = []

    def run(self) -> None:
        """Try all operations there are; raises NoSampleError where no record can be made."""
        if "create" not in self.kind.operations:
            raise NoSampleError("no operation creates its records")
        # Whose it is comes back in another form than it was given.
        owned = belongings(self.kind, self.people.member)
        given = sample(self.kind, self.model) | owned
        record = self._create(given)
        key = {name: record[name] for name in self.kind.key}
        stated = {name: value for name, value in given.items() if name not in owned}
        self._read(key, stated, record)
        changed = change(self.kind, self.model, frozenset(owned))
        self._update(key, changed, record)
        self._delete(key, record)

    def _create(self, given: Mapping[str, Any]) -> dict[str, Any]:
        maker = self._able("create", given)
        self._refuse("create", {"input": given}, given)
        answer = self._ask("create", {"input": given}, maker)
        if answer.errors or not isinstance(answer.data, dict):
            self.faults.append(f"{self.kind.name}: {maker.name} cannot create it: {answer.said}")
            raise _StopError
        self.done += 1
        record = {**answer.data, **given}
        for rule in self.kind.rules:
            implicit = rule.allow == "owner" and rule.owner_field not in given
            if implicit and rule.concerns("create") and maker.mode == "user":
                record[rule.owner_field] = maker.identity(rule)
        return record

    def _read(
        self, key: Mapping[str, Any], given: Mapping[str, Any], record: Mapping[str, Any]
    ) -> None:
        if "get" in self.kind.operations:
            reader = self._able("get", record)
            self._refuse("get", key, record)
            answer = self._done("get", key, reader)
            self._compare("get", answer.data, given)
        if "list" in self.kind.operations:
            reader = self._able("list", record)
            found = self._done("list", {"limit": _LIMIT}, reader)
            if not self._holds(found, key):
                self.faults.append(f"{self.kind.name}: {reader.name} does not see it in a list")
            self._list_as_stranger(key, record)

    def _list_as_stranger(self, key: Mapping[str, Any], record: Mapping[str, Any]) -> None:
        stranger = self.people.stranger
        if not self.is_plain or may(self.kind, "list", stranger, record):
            return
        answer = self._ask("list", {"limit": _LIMIT}, stranger)
        if self._holds(answer, key) or (not may_ask(self.kind, stranger) and not answer.refused):
            self.faults.append(f"{self.kind.name}: a stranger may list it")
        else:
            self.refused += 1

    def _update(
        self, key: Mapping[str, Any], changed: Mapping[str, Any], record: Mapping[str, Any]
    ) -> None:
        if "update" not in self.kind.operations or not changed:
            return
        given = {"input": {**key, **changed}}
        self._refuse("update", given, record)
        self._done("update", given, self._able("update", record))
        if "get" in self.kind.operations:
            answer = self._done("get", key, self._able("get", record))
            self._compare("update", answer.data, changed)

    def _delete(self, key: Mapping[str, Any], record: Mapping[str, Any]) -> None:
        if "delete" not in self.kind.operations:
            return
        given = {"input": dict(key)}
        self._refuse("delete", given, record)
        self._done("delete", given, self._able("delete", record))
        if "get" in self.kind.operations:
            left = self._ask("get", key, self.people.account)
            if left.data:
                self.faults.append(f"{self.kind.name}: it is still there after it was deleted")

    def _able(self, operation: str, record: Mapping[str, Any]) -> Somebody:
        """Return who may do something; what nobody may is for functions, as the account itself."""
        wanted = filter(None, (self.people.member, self.people.visitor))
        able = (one for one in wanted if self.is_plain and may(self.kind, operation, one, record))
        return next(able, self.people.account)

    def _refuse(
        self, operation: str, variables: Mapping[str, Any], record: Mapping[str, Any]
    ) -> None:
        """Try something as a stranger, who must be refused where the rules do not let them."""
        stranger = self.people.stranger
        is_there = operation in self.kind.operations
        if not is_there or not self.is_plain or may(self.kind, operation, stranger, record):
            return
        answer = self._ask(operation, variables, stranger)
        if answer.refused:
            self.refused += 1
        else:
            said = answer.said or "it was done"
            self.faults.append(f"{self.kind.name}: a stranger may {operation} it: {said}")

    def _done(self, operation: str, variables: Mapping[str, Any], person: Somebody) -> Answer:
        answer = self._ask(operation, variables, person)
        if answer.errors:
            self.faults.append(
                f"{self.kind.name}: {person.name} cannot {operation} it: {answer.said}"
            )
            raise _StopError
        self.done += 1
        return answer

    def _holds(self, answer: Answer, key: Mapping[str, Any]) -> bool:
        items = (answer.data or {}).get("items") or ()
        return any(item and all(item[name] == key[name] for name in key) for item in items)

    def _compare(self, operation: str, found: object, wanted: Mapping[str, Any]) -> None:
        got = found if isinstance(found, dict) else {}
        wrong = [name for name, value in wanted.items() if not _same(got.get(name), value)]
        self.faults += [
            f"{self.kind.name}: after {operation}, `{name}` is {got.get(name)!r}, "
            f"not {wanted[name]!r}"
            for name in wrong
        ]

    def _ask(self, operation: str, variables: Mapping[str, Any], person: Somebody) -> Answer:
        kind = self.kind
        root = f"list{kind.plural}" if operation == "list" else f"{operation}{kind.name}"
        types = dict(self._types(operation))
        heads = ", ".join(f"${name}: {text}" for name, text in types.items())
        given = ", ".join(f"{name}: ${name}" for name in types)
        fields = " ".join(_selection(kind.places))
        inner = f"items {{ {fields} }}" if operation == "list" else fields
        word = "query" if operation in {"get", "list"} else "mutation"
        query = f"{word} Test({heads}) {{ {root}({given}) {{ {inner} }} }}"
        return self.backend.ask(query, variables, person.headers)

    def _types(self, operation: str) -> Iterator[tuple[str, str]]:
        if operation == "list":
            yield "limit", "Int"
        elif operation == "get":
            for name in self.kind.key:
                yield name, f"{self.kind.places[name].type}!"
        else:
            yield "input", f"{operation.capitalize()}{self.kind.name}Input!"


def _selection(places: Mapping[str, Place]) -> Iterator[str]:
    for name, place in places.items():
        if place.fields is None:
            yield name
        elif inner := " ".join(_selection(place.fields)):
            yield f"{name} {{ {inner} }}"


def _same(found: object, wanted: object) -> bool:
    if isinstance(wanted, dict) and isinstance(found, dict):
        return all(_same(found.get(name), value) for name, value in wanted.items())
    return found == wanted
