import { Button } from '@aws-amplify/ui-react';

import { nextMode, setColorMode, useColorMode } from '../colorMode';

const LABELS = { system: 'Theme: system', light: 'Theme: light', dark: 'Theme: dark' };

/** Changes between light and dark, and what the system prefers. */
export function ThemeButton() {
  const mode = useColorMode();
  return (
    <Button size="small" variation="link" onClick={() => setColorMode(nextMode(mode))}>
      {LABELS[mode]}
    </Button>
  );
}
