// Prints the GraphQL schema that Amplify makes of a project's data resource.
import { pathToFileURL } from 'node:url';

const [project] = process.argv.slice(2);
const resource = await import(pathToFileURL(`${project}/amplify/data/resource.ts`).href);
process.stdout.write(resource.data.props.schema.transform().schema);
