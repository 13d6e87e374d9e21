import { defineConfig } from 'vite'
import { releaseFile } from './vite.one-file.ts'

// The registrar's program, as one file: codes are made in it, and what leaves it is what the registrar carries.
export default defineConfig(
  releaseFile('index.html', 'quorate-registrar.html', { folder: 'registrar', script: " 'wasm-unsafe-eval'" }),
)
