"""What the generator knows of as data: AWS services and component types."""

from __future__ import annotations

from ace_flow.records import Record


class Service(Record, frozen=True, kw_only=True):
    """An AWS service a pattern can name.

    `status` is `amplify` (one of Amplify's own resources), `available`, or `closed` to new
    customers, in which case `substitute` is emitted. One of Amplify's own resources is exported
    as `provides` by `module`, and others take its `result`. `uses` are services whose result the
    template takes when the pattern has them too; `needs` those without which nothing can use it,
    unless pages do; `resources` the CloudFormation types that are always there because of it.
    `stack` is the one of its own that it stands in, if not beside all others.
    """

    name: str
    title: str
    status: str
    resources: tuple[str, ...]
    template: str | None = None
    construct: str | None = None
    provides: str | None = None
    module: str | None = None
    result: str | None = None
    stack: str | None = None
    uses: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    substitute: str | None = None
    reason: str | None = None
    permissions: str = ""
    cost: str = ""


class ComponentType(Record, frozen=True, kw_only=True):
    """A kind of component: its template and that of its test, and the API operations it calls.

    `calls` are those of its models, `related` those of the models they belong to. `needs` is the
    kind of field without which it can show none of its models: `enum`, `date`, `text`, `image`,
    `file`. `files` is what it does with a path of the storage: a type that does `write` cannot be
    without one, one that does `read` shows it when it can show none of its models.
    `packages` are npm packages that only such pages import. `found_by` is the service that finds
    the records of its models, where the pattern names it. `offers` are operations for which people
    come to such a page, where its models have them, and `about` is `all` where it says something
    only with all of its models. `section` is the part of the navigation where it is listed, and
    `leads_to` the types of pages to which it has links: these are not listed there as well.
    `queried` says that a custom query can find the records of one, `owned` that it can be about
    the one record that everybody has of their own.
    """

    name: str
    template: str
    summary: str
    test: str | None = None
    calls: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    needs: str | None = None
    files: str | None = None
    packages: tuple[str, ...] = ()
    found_by: str | None = None
    offers: tuple[str, ...] = ()
    about: str = "main"
    section: str = ""
    leads_to: tuple[str, ...] = ()
    queried: bool = False
    owned: bool = False


class Catalogue(Record, frozen=True, kw_only=True):
    """All services and component types by name."""

    services: dict[str, Service]
    component_types: dict[str, ComponentType]
