import { createHash } from 'node:crypto'
import type { Plugin, UserConfig } from 'vite'

const sourceHash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/**
 * Makes one HTML file of a page: moves script and style into it, without the fonts of the web site, and writes a policy that names their fingerprints
 * and lets nothing be fetched. `script` and `more` widen the policy where a program needs it.
 */
export const oneFile = (
  page: string,
  fileName: string,
  policy: { readonly script?: string; readonly more?: string } = {},
): Plugin => ({
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
    const html = bundle[page]
    if (html?.type !== 'asset') throw new TypeError('the page was not built')
    const words =
      `default-src 'none'; script-src ${sourceHash(script)}${policy.script ?? ''};${policy.more ?? ''} style-src ${sourceHash(style)}; ` +
      "img-src data:; base-uri 'none'; form-action 'none'"
    const parts = [`<meta http-equiv="Content-Security-Policy" content="${words}" />`, `<style>${style}</style>`]
    html.source = String(html.source)
      .replaceAll(/\s*<(?:script|link) [^>]*(?:src|href)="[^"]*(?:assets|favicon)[^"]*"[^>]*>(?:<\/script>)?/g, '')
      .replace(/(<meta charset="utf-8" \/>)/, (charset) => `${charset}\n    ${parts.join('\n    ')}`)
      .replace('</body>', () => `<script type="module">${script}</script>\n  </body>`)
    html.fileName = fileName
  },
})

/**
 * How one page of the booth, or of another folder, becomes a program of one file, to be opened from disk. It asks no server, and its own policy forbids it to. `alias` puts what
 * works in the page in the place of what a server's page leaves to a worker, for a file may start none. `script` widens the policy for scripts.
 */
export const releaseFile = (
  page: string,
  fileName: string,
  {
    alias = {},
    folder = 'booth',
    ...policy
  }: { readonly alias?: Readonly<Record<string, string>>; readonly folder?: string; readonly script?: string } = {},
): UserConfig => ({
  root: `${import.meta.dirname}/${folder}`,
  base: './',
  mode: 'release',
  publicDir: false,
  plugins: [oneFile(page, fileName, policy)],
  resolve: {
    alias: Object.entries(alias).map(([find, replacement]) => ({
      find,
      replacement: `${import.meta.dirname}/booth/src/${replacement}`,
    })),
  },
  build: {
    outDir: '../static/release',
    // Every program is built by itself, into one folder.
    emptyOutDir: false,
    modulePreload: false,
    cssCodeSplit: false,
    reportCompressedSize: false,
    sourcemap: false,
    target: 'es2022',
    rolldownOptions: { input: { page: `${import.meta.dirname}/${folder}/${page}` }, output: { codeSplitting: false } },
  },
})
