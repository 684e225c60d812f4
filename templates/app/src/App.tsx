import { Authenticator, ThemeProvider } from '@aws-amplify/ui-react';
import { Suspense } from 'react';

import { useColorMode } from './colorMode';
import { isConnected } from './data/amplify';
import { appTitle, routes } from './routes';
import { theme } from './theme';
import { Setup } from './ui/Setup';
import { Shell } from './ui/Shell';
import { Loading } from './ui/States';

export function App() {
  const colorMode = useColorMode();
  return (
    <ThemeProvider theme={theme} colorMode={colorMode}>
      {isConnected ? (
        <Authenticator.Provider>
          <Suspense fallback={<Loading />}>
            <Shell title={appTitle} routes={routes} />
          </Suspense>
        </Authenticator.Provider>
      ) : (
        <Setup title={appTitle} />
      )}
    </ThemeProvider>
  );
}
