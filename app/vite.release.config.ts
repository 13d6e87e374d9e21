import { defineConfig } from 'vite'
import { releaseFile } from './vite.one-file.ts'

// The page that checks a tested device, as one file.
export default defineConfig(
  releaseFile('check.html', 'quorate-check-ballot.html', { alias: { './worker-port.ts': 'page-port.ts' } }),
)
