import { createHash } from 'node:crypto'
import { defineConfig, type Plugin } from 'vite'

// The offline verifier is one HTML file: whoever has it needs no server, ours least of all. Script and style lie inside it, and its own
// policy names their fingerprints and lets nothing be fetched, so that a dossier that is dropped on it cannot leave it.

const sourceHash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Moves the bundle's script and style into the page, without the fonts of the web site, and writes the policy. */
const oneFile = (): Plugin => ({
  name: 'one-file',
  enforce: 'post',
  generateBundle(_options, bundle) {
    let [script, style] = ['', '']
    for (const [name, item] of Object.entries(bundle)) {
      if (item.type === 'chunk') script += item.code
      else if (name.endsWith('.css')) style += String(item.source)
      if (!name.endsWith('.html')) Reflect.deleteProperty(bundle, name)
    }
    // Inside a page these would end the script, or begin a comment in it.
    script = script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')
    style = style.replaceAll(/@font-face\s*\{[^}]*\}/g, '')
    const page = bundle['index.html']
    if (page?.type !== 'asset') throw new TypeError('the page was not built')
    const policy =
      `default-src 'none'; script-src ${sourceHash(script)} 'wasm-unsafe-eval'; worker-src blob:; style-src ${sourceHash(style)}; ` +
      "img-src data:; base-uri 'none'; form-action 'none'"
    const parts = [`<meta http-equiv="Content-Security-Policy" content="${policy}" />`, `<style>${style}</style>`]
    page.source = String(page.source)
      .replaceAll(/\s*<(?:script|link) [^>]*(?:src|href)="[^"]*assets[^"]*"[^>]*>(?:<\/script>)?/g, '')
      .replace(/(<meta charset="utf-8" \/>)/, (charset) => `${charset}\n    ${parts.join('\n    ')}`)
      .replace('</body>', () => `<script type="module">${script}</script>\n  </body>`)
    page.fileName = 'quorate-verifier.html'
  },
})

export default defineConfig({
  root: `${import.meta.dirname}/verifier`,
  base: './',
  publicDir: false,
  plugins: [oneFile()],
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
