import { defineConfig } from 'vite'
import { releaseFile } from './vite.one-file.ts'

// The trustees' program, as one file: a task file comes in, an answer file goes out. It checks every ballot, in WebAssembly.
export default defineConfig(releaseFile('trustee-file.html', 'quorate-trustee.html', { script: " 'wasm-unsafe-eval'" }))
