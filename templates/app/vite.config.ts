import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  build: {
    // Amplify's sign-in, which the first page needs, is most of the main chunk.
    chunkSizeWarningLimit: 800,
  },
});
