import { createHash } from 'node:crypto'
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build } from 'vite'

const configFile = join(import.meta.dirname, '../../vite.booth.config.ts')
const folders: string[] = []
type Files = ReadonlyMap<string, Buffer>

async function built(): Promise<Files> {
  const outDir = mkdtempSync(join(tmpdir(), 'booth-'))
  folders.push(outDir)
  await build({ configFile, logLevel: 'error', build: { outDir, emptyOutDir: true } })
  const names = globSync('**/*', { cwd: outDir })
    .filter((name) => statSync(join(outDir, name)).isFile())
    .sort()
  return new Map(names.map((name) => [name, readFileSync(join(outDir, name))]))
}
const hashes = (files: Files): readonly string[] =>
  [...files].map(([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')} ${name}`)
const bytesOf = (files: Files, which: (name: string) => boolean): number =>
  [...files].reduce((sum, [name, bytes]) => sum + (which(name) ? bytes.length : 0), 0)

let first: Files
beforeAll(async () => {
  first = await built()
}, 60_000)
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

describe('the voting page as it is published', () => {
  test('two builds of the same sources are the same bytes', async () => {
    expect(hashes(await built())).toEqual(hashes(first))
  })

  test('at most 228,000 bytes to vote, cryptography and fonts included; 250,000 with the honesty test; 120,000 more for trustees', () => {
    const counts = (name: string): boolean => !['OFL.txt', 'SHA256SUMS'].includes(name)
    const isTrustees = (name: string): boolean => /trustee|booth-messages/.test(name)
    // What a test of the device loads, and the page that checks it: most voters never do.
    const isTest = (name: string): boolean => /honesty|check|test-link/.test(name)
    // A visit fetches the words of one language; Welsh has the longer ones.
    const isOther = (name: string): boolean => /messages\.en/.test(name)
    const voting = bytesOf(first, (name) => counts(name) && !isTrustees(name) && !isTest(name) && !isOther(name))
    const voter = bytesOf(first, (name) => counts(name) && !isTrustees(name) && !isOther(name))
    const trustees = bytesOf(first, isTrustees)
    process.stdout.write(`booth: ${voting} bytes raw to vote, ${voter} with the honesty test, ${trustees} more for trustees\n`)
    // 21,000 of them the WebAssembly that locks a ballot on a slow phone in a sixth of the time.
    expect(voting).toBeLessThanOrEqual(228_000)
    expect(voter).toBeLessThanOrEqual(250_000)
    // Three people load it, and it checks all that the server says.
    expect(trustees).toBeLessThanOrEqual(120_000)
  })

  test('addresses under /booth/ only; nothing from another origin, no code in the page, nothing that the policy would refuse', () => {
    for (const [name, bytes] of first) {
      const text = bytes.toString('utf8')
      if (name.endsWith('.html')) {
        for (const [, address = ''] of text.matchAll(/(?:src|href)="([^"]*)"/g))
          expect(address, name).toMatch(/^\/(booth\/[\w./-]+|missing)$/)
        expect(text).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle="|\son[a-z]+="/)
      }
      if (name.endsWith('.css'))
        for (const [, address = ''] of text.matchAll(/url\(([^)]*)\)/g))
          expect(address).toMatch(/^\/booth\/assets\/[\w-]+\.woff2$/)
      if (name.endsWith('.js')) {
        expect(text, name).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/)
        expect(text, name).not.toMatch(/\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/)
        expect(text, name).not.toMatch(/sessionStorage|indexedDB|document\.referrer/)
      }
    }
  })

  test('the list of fingerprints names every file and is read by sha256sum', () => {
    const sums = first.get('SHA256SUMS')?.toString('utf8') ?? ''
    const files = [...first].filter(([name]) => name !== 'SHA256SUMS')
    const line = ([name, bytes]: readonly [string, Buffer]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`
    expect(sums).toBe(files.map(line).join(''))
    expect(sums).toContain('  index.html\n')
  })

  test('the licence of the fonts goes with them', () => {
    expect(first.get('OFL.txt')?.toString('utf8')).toContain('SIL OPEN FONT LICENSE')
  })

  test('the page for voters does not wait for the trustees’ code', () => {
    const page = first.get('index.html')?.toString('utf8') ?? ''
    expect(page).not.toMatch(/trustee/)
  })
})
