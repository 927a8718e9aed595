import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Builds the page into the sample that serves it. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: fileURLToPath(new URL('../../sample/04-playground/public', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // A font inlined as a data URI would be loaded even if it is not used.
    assetsInlineLimit: (path) => path.endsWith('.svg'),
  },
});
