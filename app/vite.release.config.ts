import { defineConfig } from 'vite'
import { oneFile } from './vite.one-file.ts'

// The page that checks a tested device, as one file to be opened from disk: it asks no server, and its own policy forbids it to. What the web
// page leaves to a worker is done in the page, for a file may start none.
export default defineConfig({
  root: `${import.meta.dirname}/booth`,
  base: './',
  mode: 'release',
  publicDir: false,
  plugins: [oneFile('check.html', 'quorate-check-ballot.html')],
  resolve: { alias: [{ find: './worker-port.ts', replacement: `${import.meta.dirname}/booth/src/page-port.ts` }] },
  build: {
    outDir: '../static/release',
    emptyOutDir: true,
    modulePreload: false,
    cssCodeSplit: false,
    reportCompressedSize: false,
    sourcemap: false,
    target: 'es2022',
    rolldownOptions: { input: { check: `${import.meta.dirname}/booth/check.html` }, output: { codeSplitting: false } },
  },
})
