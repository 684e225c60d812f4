"""What is said of a backend that cannot be synthesized."""

from __future__ import annotations

import pytest

from ace_flow.local.failure import failure

RESOURCE = "amplify/data/resource.ts"
LINE = "x: a.belongsTo('Nott', 'noteId'),"
CALLED = """
{root}/amplify/data/resource.ts:2
  x: a.belongsTo('Nott', 'noteId'),
     ^

TypeError: a.belongsTo(...) is not a function
    at <anonymous> ({root}/amplify/data/resource.ts:2:6)
    at ModuleJob.run (node:internal/modules/esm/module_job:325:25)
"""
SCHEMA = """
{root}/node_modules/@aws-amplify/backend-data/src/factory.ts:207
      throw new AmplifyUserError<AmplifyDataError>(

AmplifyError [InvalidSchemaError]: Invalid ref. Note is referring to Nott which is not there
    at DataGenerator.generate ({root}/node_modules/@aws-amplify/backend-data/src/factory.ts:207:13)
    at <anonymous> (file://{root}/amplify/backend.ts:5:1) {{
  cause: Error: Invalid ref. Note is referring to Nott which is not there
      at getRefType ({root}/node_modules/@aws-amplify/data-schema/src/SchemaProcessor.ts:840:19)
  resolution: 'Check your data schema definition.',
  code: undefined
}}

Node.js v20.20.2
"""
SYNTAX = """
node:internal/modules/run_main:123
Error [TransformError]: Transform failed with 1 error:
{root}/amplify/data/resource.ts:2:6: ERROR: Unexpected ","
    at failureErrorWithLog ({root}/node_modules/esbuild/lib/main.js:1752:15)
"""


@pytest.fixture
def root(tmp_path):
    file = tmp_path / RESOURCE
    file.parent.mkdir(parents=True)
    file.write_text(f"Note: a.model({{\n  {LINE}\n}})\n")
    return tmp_path


def test_the_message_comes_first_then_the_place_with_its_line(root):
    said = failure(CALLED.format(root=root), root)
    assert said == (
        "TypeError: a.belongsTo(...) is not a function",
        f"{RESOURCE}:2:6\n  {LINE}",
    )


def test_what_amplify_says_of_a_schema_is_found_in_it(root):
    said = failure(SCHEMA.format(root=root), root)
    assert said == (
        "Invalid ref. Note is referring to Nott which is not there",
        f"{RESOURCE}:2\n  {LINE}\nCheck your data schema definition.",
    )
    # Where more than one text could be meant, the one who called is.
    (root / RESOURCE).write_text(f"{LINE}\n" * 2)
    said = failure(SCHEMA.format(root=root), root)
    assert said.more == "amplify/backend.ts:5:1\nCheck your data schema definition."


def test_a_message_of_several_lines_is_whole(root):
    said = failure(SYNTAX.format(root=root), root)
    error = f'{RESOURCE}:2:6: ERROR: Unexpected ","'
    assert said == (f"Error [TransformError]: Transform failed with 1 error:\n{error}", None)


def test_what_is_no_error_is_said_as_it_is(root):
    assert failure("npm warn x\nKilled\n", root) == ("the tools failed", "Killed")
