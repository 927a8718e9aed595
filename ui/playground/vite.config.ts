import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Builds the page beside the compiled sample, which serves it. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: fileURLToPath(new URL('../../dist/sample/04-playground/page', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // A font as a data URI would be loaded also where it is not needed.
    assetsInlineLimit: (path) => path.endsWith('.svg'),
  },
});
