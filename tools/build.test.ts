import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { booth, inputHash, offlineVerifier, root, web } from './build.ts'

const folder = mkdtempSync(join(tmpdir(), 'quorate build '))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})
function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), text)
}
/** Whether writing a file makes a target be built again. */
function changes(target: typeof web, file: string, text = String(Math.random())): boolean {
  const before = inputHash(target, folder)
  write(file, text)
  return inputHash(target, folder) !== before
}

test('a page, a package, a static file and the lockfile are inputs of the web pages', () => {
  for (const file of ['app/src/routes/+page.svelte', 'packages/kernel/src/time.ts', 'app/static/icon.svg', 'package-lock.json'])
    expect(changes(web, file), file).toBe(true)
})

test('a booth, a ballot and a kernel file are inputs of the voting page; a page is not', () => {
  for (const file of ['app/booth/src/main.ts', 'packages/ballots/src/index.ts', 'packages/kernel/src/json.ts'])
    expect(changes(booth, file), file).toBe(true)
  for (const file of ['app/src/routes/you/+page.svelte', 'packages/counting/src/index.ts'])
    expect(changes(booth, file), file).toBe(false)
})

test('every package and the words of a verdict are inputs of the offline verifier; the booth’s own pages are not', () => {
  for (const file of ['app/verifier/src/view.ts', 'app/cli/verdict-words.ts', 'packages/rulebook/src/index.ts'])
    expect(changes(offlineVerifier, file), file).toBe(true)
  for (const file of ['app/booth/src/main.ts', 'app/src/routes/you/+page.svelte'])
    expect(changes(offlineVerifier, file), file).toBe(false)
})

test('tests and documents build nothing again', () => {
  for (const file of ['app/src/lib/a.test.ts', 'packages/kernel/src/clear-days.test.ts', 'docs/README.md', 'tools/start.ts'])
    expect(changes(web, file) || changes(booth, file), file).toBe(false)
})

test('a file of the same content counts as unchanged, under another name as changed', () => {
  write('app/src/app.html', 'same')
  expect(changes(web, 'app/src/app.html', 'same')).toBe(false)
  expect(changes(web, 'app/src/app2.html', 'same')).toBe(true)
})

test('the checkout itself has inputs for all three', () => {
  expect(new Set([booth, offlineVerifier, web].map((target) => inputHash(target, root))).size).toBe(3)
  expect(inputHash(web, root)).not.toBe(inputHash(web, join(folder, 'nothing here')))
})
