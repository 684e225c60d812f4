import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  build: {
    // Amplify's sign-in, which the first page needs, is most of the main chunk.
    chunkSizeWarningLimit: 800,
  },
  test: {
    environment: 'happy-dom',
    // Tests clean up after themselves, and take a fifth of the time when they share the modules.
    isolate: false,
    setupFiles: ['src/test/setup.ts'],
  },
});
