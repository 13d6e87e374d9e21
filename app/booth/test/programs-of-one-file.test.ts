import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { build } from 'vite'

const app = join(import.meta.dirname, '../..')
const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

/** The files that a build makes, by name. */
async function built(config: string): Promise<ReadonlyMap<string, string>> {
  const outDir = mkdtempSync(join(tmpdir(), 'program-'))
  folders.push(outDir)
  await build({ configFile: join(app, config), logLevel: 'error', build: { outDir } })
  return new Map(readdirSync(outDir).map((name) => [name, readFileSync(join(outDir, name), 'utf8')]))
}
const base64 = (text: string): string => createHash('sha256').update(text).digest('base64')

describe.each([
  ['vite.release.config.ts', 'quorate-check-ballot.html'],
  ['vite.trustee-file.config.ts', 'quorate-trustee.html'],
  ['vite.registrar-file.config.ts', 'quorate-registrar.html'],
])('%s', (config, name) => {
  test('one file, the same bytes at every build, that may fetch nothing and run nothing but its own script', async () => {
    const files = await built(config)
    expect([...files.keys()]).toEqual([name])
    expect(await built(config)).toEqual(files)
    const html = files.get(name) ?? ''
    const [, policy = ''] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)" \/>/.exec(html) ?? []
    const [, script = ''] = /<script type="module">([\s\S]*)<\/script>/.exec(html) ?? []
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(html) ?? []
    expect(policy).toContain("default-src 'none';")
    expect(policy).toContain(`script-src 'sha256-${base64(script)}'`)
    expect(policy).toContain(`style-src 'sha256-${base64(style)}'`)
    // Nothing else may be fetched, framed, sent or started.
    expect(policy).not.toMatch(/connect-src|worker-src|frame-src|unsafe-inline|'unsafe-eval'|https?:|'self'/)
    expect(html.match(/<script/g)).toHaveLength(1)
    expect(html.replace(script, '')).not.toMatch(/\s(?:src|href)="/)
    expect(script).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/)
    expect(script).not.toMatch(/\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/)
  }, 60_000)
})
