import '@aws-amplify/ui-react/styles.css';
import './tokens.css';
import './index.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './App';
import { applyColorMode } from './colorMode';

const container = document.getElementById('root');
if (!container) {
  throw new Error('index.html has no element with the id "root".');
}

applyColorMode();
createRoot(container).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
