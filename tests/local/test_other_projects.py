"""`ace sandbox` in an Amplify project that somebody wrote, without a pattern."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("sandbox")]

FILES = {
    "package.json": json.dumps(
        {"name": "todos", "private": True, "type": "module", "scripts": {"dev": "vite"}}
    ),
    "amplify/package.json": '{"type": "module"}',
    "amplify/auth/resource.ts": """
        import { defineAuth } from '@aws-amplify/backend';
        export const auth = defineAuth({ loginWith: { email: true } });
    """,
    "amplify/data/resource.ts": """
        import { a, defineData, type ClientSchema } from '@aws-amplify/backend';
        const schema = a.schema({
          Todo: a.model({ content: a.string() }).authorization((allow) => [allow.publicApiKey()]),
          Diary: a.model({ text: a.string() }).authorization((allow) => [allow.owner()]),
          translate: a
            .query()
            .arguments({ text: a.string().required() })
            .returns(a.string())
            .handler(a.handler.custom({ dataSource: 'dictionary', entry: './translate.js' }))
            .authorization((allow) => [allow.publicApiKey()]),
        });
        export type Schema = ClientSchema<typeof schema>;
        export const data = defineData({
          schema,
          authorizationModes: {
            defaultAuthorizationMode: 'apiKey',
            apiKeyAuthorizationMode: { expiresInDays: 30 },
          },
        });
    """,
    "amplify/data/translate.js": """
        import { util } from '@aws-appsync/utils';
        export const request = ({ args }) => ({
          method: 'POST',
          resourcePath: '/words',
          params: { query: { to: 'de' }, headers: { 'x-key': '1' }, body: { text: args.text } },
        });
        export function response({ result, error }) {
          if (error) return util.error(error.message, 'Unreachable');
          return result.statusCode === 200 ? JSON.parse(result.body).word : null;
        }
    """,
    "amplify/backend.ts": """
        import { defineBackend } from '@aws-amplify/backend';
        import { auth } from './auth/resource';
        import { data } from './data/resource';
        const backend = defineBackend({ auth, data });
        backend.data.addHttpDataSource('dictionary', 'DICTIONARY');
    """,
    "index.html": """
        <!doctype html>
        <html lang="en"><head><title>Todos</title></head><body>
          <label>Todo <input></label> <button>Add</button> <p></p> <b></b> <ul></ul>
          <script type="module" src="/src/main.ts"></script>
        </body></html>
    """,
    "src/main.ts": """
        import { Amplify } from 'aws-amplify';
        import { getCurrentUser } from 'aws-amplify/auth';
        import { generateClient } from 'aws-amplify/data';
        import type { Schema } from '../amplify/data/resource';
        import outputs from '../amplify_outputs.json';

        Amplify.configure(outputs);
        const client = generateClient<Schema>();
        const list = document.querySelector('ul')!;
        client.models.Todo.observeQuery().subscribe(({ items }) => {
          const entries = items.map(({ content }) => {
            const entry = document.createElement('li');
            entry.textContent = content;
            return entry;
          });
          list.replaceChildren(...entries);
        });
        document.querySelector('button')!.addEventListener('click', () => {
          void client.models.Todo.create({ content: document.querySelector('input')!.value });
        });
        const { signInDetails } = await getCurrentUser();
        const own = { authMode: 'userPool' } as const;
        await client.models.Diary.create({ text: `by ${signInDetails?.loginId}` }, own);
        const { data } = await client.models.Diary.list(own);
        document.querySelector('p')!.textContent = data.map(({ text }) => text).join();
        const word = await client.queries.translate({ text: 'bread' });
        document.querySelector('b')!.textContent = word.data;
    """,
}


class Dictionary(BaseHTTPRequestHandler):
    """A service of somebody else's."""

    def do_POST(self):
        text = json.loads(self.rfile.read(int(self.headers["content-length"])))["text"]
        known = (self.path, self.headers["x-key"], text) == ("/words?to=de", "1", "bread")
        self.send_response(200 if known else 404)
        self.end_headers()
        self.wfile.write(json.dumps({"word": "Brot"}).encode())


@pytest.fixture
def dictionary():
    with ThreadingHTTPServer(("127.0.0.1", 0), Dictionary) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def todos(tmp_path, link_packages, dictionary):
    for name, text in FILES.items():
        file = tmp_path / "todos" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("DICTIONARY", dictionary), encoding="utf-8")
    link_packages(tmp_path / "todos")
    return tmp_path / "todos"


def test_a_project_without_a_pattern_runs(todos, sandbox_of, browser):
    before = {path for path in todos.rglob("*") if "node_modules" not in path.parts}
    running = sandbox_of(todos, "--as", "ann", "--as", "bo")
    running.ready()
    links = running.links()
    context = browser.new_context()
    pages = {name: context.new_page() for name in links}
    for name, page in pages.items():
        page.goto(links[name])
        # Each sees the diary of nobody else.
        expect(page.locator("p")).to_have_text(f"by {name}@example.com")
        expect(page.locator("b")).to_have_text("Brot")
    pages["ann"].get_by_label("Todo").fill("Buy bread")
    pages["ann"].get_by_role("button").click()
    for page in pages.values():
        expect(page.get_by_role("listitem")).to_have_text(["Buy bread"])
    context.close()
    assert running.end(2) == 0
    left = {path for path in todos.rglob("*") if "node_modules" not in path.parts}
    kept = {path.relative_to(todos).parts[0] for path in left - before}
    assert kept <= {".ace-flow", ".amplify"}
