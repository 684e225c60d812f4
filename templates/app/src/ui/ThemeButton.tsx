import { Button } from '@aws-amplify/ui-react';

import { nextMode, setColorMode, useColorMode } from '../colorMode';

/** Changes between light and dark, and what the system prefers. */
export function ThemeButton() {
  const mode = useColorMode();
  return (
    <Button
      size="small"
      variation="link"
      aria-label={`Theme: ${mode}`}
      onClick={() => setColorMode(nextMode(mode))}
    >
      <span className="theme-word">Theme:&nbsp;</span>
      <span className="theme-mode">{mode}</span>
    </Button>
  );
}
