import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { PATHS } from './src/console/screens/paths.ts';

const root = resolve(import.meta.dirname, 'src/console');

/** The addresses that the server answers with the console; see src/api/console-files.ts. */
function consolePaths(): Plugin {
  return {
    name: 'console-paths',
    generateBundle() {
      const source = JSON.stringify(Object.values(PATHS), null, 2);
      this.emitFile({ type: 'asset', fileName: 'paths.json', source });
    },
  };
}

/** Squeezed once here instead of at every request; from the files as written, since Vite still changes them in generateBundle. */
function squeezedAssets(): Plugin {
  return {
    name: 'squeezed-assets',
    async writeBundle({ dir = '' }, bundle) {
      const names = Object.keys(bundle).filter((name) => /\.(js|css|svg)$/.test(name));
      await Promise.all(
        names.map(async (name) => {
          const path = resolve(dir, name);
          await writeFile(`${path}.gz`, await promisify(gzip)(await readFile(path), { level: 9 }));
        }),
      );
    },
  };
}

export default defineConfig({
  root,
  plugins: [react(), consolePaths(), squeezedAssets()],
  html: { cspNonce: 'NONCE-OF-THE-REQUEST' },
  build: {
    outDir: resolve(import.meta.dirname, 'dist/console'),
    emptyOutDir: true,
    manifest: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: { input: { console: resolve(root, 'index.html'), login: resolve(root, 'login.html') } },
  },
});
