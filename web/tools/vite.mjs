// One configuration for the three screens. Each is built on its own into dist/<app>, with relative addresses, because
// each is served at the root of another program: the till by the host, the console by the server, the tour by the demo.
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import react from '@vitejs/plugin-react';

export const apps = ['till', 'console', 'tour'];
export const webRoot = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

export function configOf(app) {
  return {
    configFile: false,
    root: path.join(webRoot, app),
    base: './',
    plugins: [react()],
    logLevel: 'warn',
    build: {
      outDir: path.join(webRoot, 'dist', app),
      emptyOutDir: true,
      target: 'es2022',
      // light-dark() as it is, not imitated.
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      // Inlined data: addresses would need a wider content security policy.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 700,
      reportCompressedSize: false,
    },
  };
}
