import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  test: { environment: 'jsdom', include: ['tests/**/*.test.{ts,tsx}'], setupFiles: ['tests/setup.ts'], restoreMocks: true, testTimeout: 20_000,
    // Written for bundlers: it imports without file endings.
    server: { deps: { inline: [/@rjsf\//] } } },
});
