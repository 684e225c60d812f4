import { Authenticator, ThemeProvider } from '@aws-amplify/ui-react';

import { hasSignIn, isConnected } from './data/amplify';
import { appTitle, routes } from './routes';
import { theme } from './theme';
import { Setup } from './ui/Setup';
import { Shell } from './ui/Shell';

export function App() {
  return (
    <ThemeProvider theme={theme} colorMode="system">
      <Content />
    </ThemeProvider>
  );
}

function Content() {
  if (!isConnected) {
    return <Setup title={appTitle} />;
  }
  if (!hasSignIn) {
    return <Shell title={appTitle} routes={routes} />;
  }
  return (
    <Authenticator components={{ Header: SignInHeader }}>
      {({ signOut }) => <Shell title={appTitle} routes={routes} onSignOut={signOut} />}
    </Authenticator>
  );
}

function SignInHeader() {
  return <h1 className="sign-in-title">{appTitle}</h1>;
}
