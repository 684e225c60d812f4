// Writes what Amplify makes of a project's data resource: `{ schema }`, the text of its GraphQL types.
//
// Usage, in the project's folder: node --import tsx schema.mjs FILE
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const PLACE = 'amplify/data/resource.ts';
const { data } = await import(pathToFileURL(resolve(PLACE)).href);
const given = data?.props?.schema;
if (given === undefined) throw new Error(`${PLACE} exports no \`data\` made by defineData`);
const parts = given.schemas ?? [given];
const texts = parts.map((part) => (typeof part === 'string' ? part : part.transform().schema));
writeFileSync(process.argv[2], JSON.stringify({ schema: texts.join('\n') }));
