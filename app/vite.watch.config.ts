import { defineConfig } from 'vite'

// The script by which every browser compares what it is shown of the record with what it was shown before: one file under a fixed name.
export default defineConfig({
  root: `${import.meta.dirname}/watch`,
  publicDir: false,
  build: {
    outDir: '../static/watch',
    emptyOutDir: true,
    modulePreload: false,
    reportCompressedSize: false,
    target: 'es2022',
    lib: { entry: 'src/main.ts', formats: ['es'], fileName: () => 'watch.js' },
  },
})
