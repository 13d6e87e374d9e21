import { defineConfig } from 'vite'
import { oneFile } from './vite.one-file.ts'

// The offline verifier is one HTML file: whoever has it needs no server, ours least of all. Script and style lie inside it, and its own
// policy names their fingerprints and lets nothing be fetched, so that a dossier that is dropped on it cannot leave it.
export default defineConfig({
  root: `${import.meta.dirname}/verifier`,
  base: './',
  publicDir: false,
  plugins: [oneFile('index.html', 'quorate-verifier.html', { script: " 'wasm-unsafe-eval'", more: ' worker-src blob:;' })],
  build: {
    outDir: '../static/verifier',
    emptyOutDir: true,
    modulePreload: false,
    reportCompressedSize: false,
    sourcemap: false,
    target: 'es2022',
  },
  worker: { format: 'iife' },
})
