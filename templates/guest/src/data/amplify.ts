import { Amplify } from 'aws-amplify';

// The application around configures Amplify, before it shows any of these pages.
const { API, Auth } = Amplify.getConfig();

export const isConnected = API?.GraphQL !== undefined;
export const hasSignIn = Auth !== undefined;
