import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';

const bundled = ['preact', 'lucide', 'libphonenumber-js', '@fontsource-variable/roboto'];

/** What is bundled goes out with its licence. */
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

/** Builds the page beside the server that serves it; `npm run build` copies it to `dist`. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [licences()],
  build: {
    outDir: '../../lib/simulator/page',
    emptyOutDir: true,
    target: 'es2022',
    // The first that know light-dark(), which follows the switch; what would stand in for it follows the system alone.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    // A font as a data URI would be loaded also where it is not needed.
    assetsInlineLimit: (path) => path.endsWith('.svg'),
  },
});
