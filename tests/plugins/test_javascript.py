"""What JavaScript has of its own: the ways to write a module, and the helpers of generators."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ace_flow.caches import kept
from ace_flow.diagnostics import HookError
from ace_flow.extension import context_of, extended, hooks_of
from ace_flow.pinned import pinned_folder
from ace_flow.session import Session

NODE_STRIPS_TYPES = (
    subprocess.run(
        ["node", "-p", "Boolean(process.features.typescript)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    == "true\n"
)
# As authors wrote them before there was anything to run them.
HOOKS = """\
// .ace-flow/patterns/hooks/analytics-hooks.js
export const analyticsHooks = {
  preGeneration: async (context) => {
    console.log('Setting up analytics infrastructure...');
    // Custom pre-generation logic
  },

  postGeneration: async (context) => {
    console.log('Configuring analytics pipelines...');
    // Set up Kinesis streams, SageMaker endpoints, etc.
  },

  preDeployment: async (context) => {
    // Validate analytics configuration
    await validateAnalyticsSetup(context);
  }
};

const validateAnalyticsSetup = async (context) => {
  // Custom validation logic
  const requiredServices = ['kinesis', 'opensearch', 'sagemaker'];
{EMPTY}
  for (const service of requiredServices) {
    if (!context.services.includes(service)) {
      throw new Error(`Missing required service: ${service}`);
    }
  }
};
""".replace("{EMPTY}", "  ")
GENERATOR = """\
// .ace-flow/patterns/generators/schema-generator.js
export const generateAnalyticsSchema = (config) => {
  const models = [];
{EMPTY}
  // Generate models based on data sources
  config.dataSources.forEach(source => {
    models.push({
      name: `${source.name}Data`,
      fields: generateFieldsFromSchema(source.schema),
      indexes: generateOptimalIndexes(source.queryPatterns)
    });
  });

  return {
    models,
    relationships: generateRelationships(models),
    authorization: generateAuthRules(config.userRoles)
  };
};
""".replace("{EMPTY}", "  ")
ANALYTICS = """\
name: "custom_analytics"
services: [dynamodb, lambda, s3, SERVICES]
schema:
  models:
    - name: "DataSource"
      fields:
        - {name: "sourceType", type: "enum", values: ["api", "database"]}
hooks: [hooks/analytics-hooks.js]
generators:
  - source: generators/schema-generator.js
    with: CONFIG
"""
SOURCES = "{dataSources: [{name: sales, type: database}, {name: events, type: stream}]}"


@pytest.fixture
def analytics(project, monkeypatch):
    """Return what writes the pattern as its first comments say, and a session for it."""
    folder = project.folder / ".ace-flow/patterns"

    def put(services: str, config: str = SOURCES) -> Session:
        project.write(".ace-flow/patterns/hooks/analytics-hooks.js", HOOKS)
        project.write(".ace-flow/patterns/generators/schema-generator.js", GENERATOR)
        text = ANALYTICS.replace("SERVICES", services).replace("CONFIG", config)
        project.write(".ace-flow/patterns/custom-analytics.yml", text)
        project.trusting("custom-analytics", project.folder)
        monkeypatch.chdir(folder.parent.parent)
        return Session(project.folder)

    return put


def test_the_modules_of_the_analytics_pattern_run_as_they_are(analytics, ace, project):
    analytics("kinesis, sagemaker, opensearch")
    done = ace("generate", "custom-analytics", "--output", "app", "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["pattern"] == "custom_analytics"
    assert done.err.splitlines() == [
        "[hooks/analytics-hooks.js] Setting up analytics infrastructure...",
        "[hooks/analytics-hooks.js] Configuring analytics pipelines...",
    ]
    schema = project.files["amplify/data/resource.ts"].decode()
    assert re.findall(r"^  (\w+): a$", schema, re.MULTILINE) == [
        *("DataSource", "SalesData", "EventsData")
    ]
    # Nothing is rendered again where nothing changed, and `status` runs nothing to know that.
    assert ace("generate", "custom-analytics", "--output", "app").out.startswith("nothing to do")
    assert "up to date" in ace("status", cwd=project.app).out


@pytest.mark.parametrize(
    ("services", "missing"),
    [
        ("sagemaker, opensearch", "kinesis"),
        ("kinesis, sagemaker", "opensearch"),
        ("kinesis, opensearch", "sagemaker"),
    ],
)
def test_a_deployment_needs_the_services_that_the_pattern_is_about(analytics, services, missing):
    session = analytics(services)
    checked = session.check("custom-analytics")
    with hooks_of(session, checked, session.root) as hooks, pytest.raises(HookError) as caught:
        hooks.before_deployment(context_of(checked, session.root))
    said = f"hooks/analytics-hooks.js: Missing required service: {missing}"
    assert caught.value.message == said


def test_what_a_generator_reads_and_nobody_gave_is_told(analytics, ace):
    analytics("kinesis", "{}")
    done = ace("generate", "custom-analytics", "--output", "app")
    assert done.code == 6
    assert "generators/schema-generator.js: TypeError: Cannot read properties of undefined" in (
        done.err
    )


def test_data_sources_are_described_by_schemas_queries_and_roles(analytics, project):
    session = analytics(
        "kinesis",
        """
      dataSources:
        - name: customer
          schema: {name: string, mail: {type: string, format: email}, since: date}
        - name: order
          schema:
            - number
            - {name: customerId, type: string}
            - {name: total, type: decimal, required: true}
            - {name: status, enum: [open, paid]}
            - {name: orderedAt, type: datetime}
          queryPatterns: [status, [customerId, orderedAt], status, {field: number, sortBy: total}]
        - name: stream
          schema: {type: object, required: [at], properties: {at: {type: string, format: date-time},
            n: {type: integer}, dataSourceId: {type: string}}}
      userRoles: [admins, {name: analysts, operations: [read, create]}, viewers, owner]
""",
    )
    with hooks_of(session, session.check("custom-analytics"), session.root) as hooks:
        made = extended(session, session.check("custom-analytics"), hooks, session.root)
    pattern = made.checked.pattern
    told = {
        model.name: {member.name: member.type for member in model.members}
        for model in pattern.models
    }
    assert told["CustomerData"] | {"orderDatas": "hasMany"} == {
        "name": "string",
        "mail": "email",
        "since": "date",
        "orderDatas": "hasMany",
    } | {key: "hasMany" for key, kind in told["CustomerData"].items() if kind == "hasMany"}
    assert told["OrderData"] == {
        "number": "string",
        "customerId": "id",
        "total": "float",
        "status": "enum",
        "orderedAt": "datetime",
        "customer": "belongsTo",
    }
    assert told["StreamData"]["at"] == "datetime"
    assert told["StreamData"]["dataSource"] == "belongsTo"
    order = pattern.model("OrderData")
    assert [(index.field, index.sort_keys) for index in order.indexes] == [
        *(("status", ()), ("customerId", ("orderedAt",)), ("number", ("total",)))
    ]
    assert [(rule.allow, rule.groups, rule.operations) for rule in order.authorization] == [
        ("groups", ("admins",), ()),
        ("groups", ("analysts",), ("read", "create")),
        ("groups", ("viewers",), ("read",)),
        ("owner", (), ()),
    ]


MODULES = {
    "several exports, async and not, other names": (
        "a.mjs",
        """
        export const hooks = { preGeneration: () => ({ notices: ['1'] }) };
        export const secondHooks = { pre_generation: async () => ({ notices: '2' }) };
        export const third_hooks = { ace_pre_generation() { return { notices: [this.word] }; },
          word: '3' };
        export const Hooksmith = { preGeneration: () => ({ notices: ['no'] }) };
        """,
        ["1", "2", "3"],
    ),
    "a default export": (
        "a.js",
        "export default { aHooks: { preGeneration: () => ({ notices: ['x'] }) } };",
        ["x"],
    ),
    "CommonJS": (
        "a.js",
        (
            "const { sep } = require('node:path');\n"
            "exports.aHooks = { preGeneration: () => ({ notices: [sep] }) };"
        ),
        ["/"],
    ),
    "CommonJS by its name": (
        "a.cjs",
        "module.exports = { aHooks: { preGeneration: () => ({ notices: ['x'] }) } };",
        ["x"],
    ),
    "another module beside it": (
        "a.js",
        (
            "import { word } from './lib/words.js';\n"
            "export const aHooks = { preGeneration: () => ({ notices: [word] }) };"
        ),
        ["beside"],
    ),
    "what the runner needs is taken away": (
        "a.js",
        (
            "export const aHooks = { preGeneration: () => {\n"
            "  process.stdout.write = () => true; process.exit = () => {};\n"
            "  JSON.stringify = () => '';\n"
            "  globalThis.Promise = class {};\n"
            "  return { notices: ['still'] }; } };"
        ),
        ["still"],
    ),
}


@pytest.mark.parametrize("case", MODULES)
def test_a_module_may_be_written_in_several_ways(project, case):
    path, text, notices = MODULES[case]
    project.write(f"hooks/{path}", text)
    project.write("hooks/lib/words.js", "export const word = 'beside';\n")
    project.pattern(f"hooks: [hooks/{path}]\n")
    project.generate()
    assert project.said == [f"hooks/{path}: {notice}" for notice in notices]


def test_node_starts_once_for_all_modules_of_a_run(project):
    names = []
    for number in range(3):
        names.append(f"h{number}.js")
        text = (
            "const say = () => ({ notices: [`${process.pid}`] });\n"
            "export const aHooks = { preGeneration: say, postGeneration: say,\n"
            "  transformPattern: () => { console.log(process.pid); } };"
        )
        project.write(names[-1], text)
    project.write("g.js", "export function generateSchema() { console.log(process.pid); }")
    project.pattern(f"hooks: [{', '.join(names)}]\ngenerators: [g.js]\n")
    project.generate()
    said = [line.partition(": ") for line in project.said]
    assert [name for name, _, _ in said] == ["g.js", *names, *names, *names]
    assert len({pid for _, _, pid in said}) == 1


def test_a_pattern_without_javascript_needs_no_node(project, monkeypatch):
    project.module("python", "pre", "return {'notices': ['x']}")
    monkeypatch.setenv("PATH", "/nowhere")
    project.generate()
    project.module("javascript", "pre", "")
    with pytest.raises(Exception, match="`node` is not installed, or not on the PATH"):
        project.generate()


@pytest.mark.toolchain
def test_typescript_is_compiled_by_what_the_project_has(project, toolbox):
    project.write(
        "hooks/check.ts",
        "import { limit } from './_limits';\n"
        "interface Context { services: string[] }\n"
        "export const checkHooks = { preGeneration: (context: Context): { notices: string[] } =>\n"
        "  ({ notices: [`${context.services.length} of ${limit satisfies number}`] }) };\n",
    )
    project.write("hooks/_limits.ts", "export const limit: number = 10;\n")
    project.pattern("hooks: [hooks/check.ts]\n")
    project.app.mkdir()
    (project.app / "node_modules").symlink_to(toolbox / "node_modules")
    project.generate()
    assert project.said == ["hooks/check.ts: 3 of 10"]
    project.write("hooks/check.ts", "export const checkHooks = {\n  preGeneration: (: string) };\n")
    with pytest.raises(HookError, match=r"hooks/check\.ts: cannot be loaded: line 2: "):
        project.generate()


@pytest.fixture
def typed(project, tmp_path, monkeypatch):
    """Write a hook in TypeScript; return what puts an esbuild somewhere, which tells that it ran.

    It copies what it is given, which is JavaScript as well.
    """
    monkeypatch.setenv("ACE_CACHE_DIR", str(tmp_path / "cache"))
    text = "export const itsHooks = { preGeneration: () => ({ notices: ['x'] }) };\n"
    project.write("hooks/it.ts", text)
    project.pattern("hooks: [hooks/it.ts]\n")

    def put(folder: Path) -> Path:
        package = folder / "node_modules" / "esbuild"
        package.mkdir(parents=True)
        (package / "package.json").write_text("{}")
        (package / "index.js").write_text(
            "const fs = require('node:fs');\nfs.writeFileSync(__dirname + '/ran', '');\n"
            "exports.buildSync = ({ entryPoints, outfile }) => "
            "fs.copyFileSync(entryPoints[0], outfile);\n"
        )
        return package / "ran"

    return put


def test_typescript_is_compiled_by_packages_of_ace_before_those_of_the_project(project, typed):
    theirs = typed(project.app)
    project.generate()
    assert theirs.exists()
    theirs.unlink()
    own = typed(kept(pinned_folder().name))
    (pinned_folder() / "complete").touch()
    project.generate()
    assert own.exists()
    assert not theirs.exists()


@pytest.mark.skipif(NODE_STRIPS_TYPES, reason="this Node needs no compiler")
def test_a_dry_run_runs_no_compiler_of_the_project(project, typed):
    theirs = typed(project.app)
    with pytest.raises(HookError, match="nothing of the project compiles it in a dry run"):
        project.generate(is_dry=True)
    assert not theirs.exists()
    typed(kept(pinned_folder().name))
    (pinned_folder() / "complete").touch()
    project.generate(is_dry=True)


@pytest.mark.skipif(NODE_STRIPS_TYPES, reason="this Node needs no compiler")
def test_a_compiler_of_another_user_above_the_project_is_not_run(project, typed, given_away):
    theirs = typed(project.folder)
    given_away(project.folder / "node_modules")
    with pytest.raises(HookError, match="the project needs esbuild or tsx"):
        project.generate()
    assert not theirs.exists()


@pytest.mark.toolchain
def test_the_programs_in_javascript_are_typed_and_formatted(toolbox, npx, tmp_path):
    for file in (Path(__file__).parents[2] / "hooks").glob("*.mjs"):
        shutil.copy(file, tmp_path)
    (tmp_path / "node_modules").symlink_to(toolbox / "node_modules")
    options = "--noEmit --allowJs --checkJs --skipLibCheck --types node --module nodenext"
    npx(tmp_path, "tsc", *options.split(), "runner.mjs")
    wide = ("--print-width", "100", "--single-quote")
    npx(tmp_path, "prettier", "--check", *wide, "runner.mjs", "schema-helpers.mjs")
