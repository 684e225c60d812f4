// Calls the generated handlers that need nothing of AWS, with what calls them in the cloud.
import { pathToFileURL } from 'node:url';

const [project, asked] = process.argv.slice(2);
console.info = () => {};

const answers: Record<string, unknown> = {};
for (const [name, event] of Object.entries(JSON.parse(asked) as Record<string, unknown>)) {
  const file = `${project}/amplify/functions/${name}/handler.ts`;
  const { handler } = await import(pathToFileURL(file).href);
  try {
    answers[name] = (await handler(event, { awsRequestId: 'x' })) ?? null;
  } catch (error) {
    answers[name] = String(error);
  }
}
process.stdout.write(JSON.stringify(answers));
