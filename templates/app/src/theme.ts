import { createTheme, defaultDarkModeOverride } from '@aws-amplify/ui-react';

/** Lends the colours of tokens.css, which follow light and dark mode, to Amplify UI. */
const tokens = {
  colors: {
    background: { primary: { value: 'var(--surface)' } },
    border: { primary: { value: 'var(--muted)' }, secondary: { value: 'var(--border)' } },
    font: { primary: { value: 'var(--text)' }, interactive: { value: 'var(--accent)' } },
  },
  components: {
    button: {
      primary: {
        backgroundColor: { value: 'var(--accent)' },
        color: { value: 'var(--surface)' },
      },
      destructive: {
        backgroundColor: { value: 'var(--danger)' },
        color: { value: 'var(--surface)' },
      },
    },
  },
};

export const theme = createTheme({
  name: 'app',
  tokens,
  overrides: [defaultDarkModeOverride, { colorMode: 'dark', tokens }],
});
