import { Amplify } from 'aws-amplify';

// A glob, because the file is git-ignored and absent until a backend has been deployed.
const [outputs] = Object.values(
  import.meta.glob<Parameters<typeof Amplify.configure>[0]>('../../amplify_outputs.json', {
    eager: true,
    import: 'default',
  }),
);

if (outputs) {
  Amplify.configure(outputs);
}

export const isConnected = outputs !== undefined;
export const hasSignIn = isConnected && Amplify.getConfig().Auth !== undefined;
