import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';

const bundled = ['preact', 'lucide', 'libphonenumber-js', '@fontsource-variable/roboto'];

/** Adds the licences of the bundled packages. */
function licences(): Plugin {
  return {
    name: 'licences',
    generateBundle() {
      const texts = bundled.map(
        (name) => `${name}\n\n${readFileSync(`node_modules/${name}/LICENSE`, 'utf8').trim()}\n`,
      );
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: texts.join('\n\n') });
    },
  };
}

/** Builds the page into the simulator's folder. `npm run build` copies it to `dist`. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [licences()],
  build: {
    outDir: '../../lib/simulator/page',
    emptyOutDir: true,
    target: 'es2022',
    // The first versions with light-dark(). A polyfill would follow the system only, not the page's switch.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    // A font inlined as a data URI would be loaded even if it is not used.
    assetsInlineLimit: (path) => path.endsWith('.svg'),
  },
});
