import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { booth, inputHash, offlineVerifier, releaseFiles, root, web } from './build.ts'

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
    for (const target of [booth, releaseFiles]) expect(changes(target, file), file).toBe(true)
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

test('what comes before the web pages is built in a checkout in which nothing was generated before', () => {
  const copy = join(folder, 'fresh')
  // All of the sources; of what is installed a link each, so that nothing is kept from the builds of this checkout.
  const made = new Set(['node_modules', 'build', '.svelte-kit', 'static', 'data'])
  for (const part of ['app', 'packages', 'tools', 'rulebooks', 'package.json', 'package-lock.json', 'tsconfig.base.json'])
    cpSync(join(root, part), join(copy, part), { recursive: true, filter: (path) => !made.has(basename(path)) })
  mkdirSync(join(copy, 'node_modules'))
  for (const installed of readdirSync(join(root, 'node_modules')))
    if (installed !== '.cache') symlinkSync(join(root, 'node_modules', installed), join(copy, 'node_modules', installed))
  const early = ['booth', 'offlineVerifier', 'releaseFiles', 'recordWatch']
  const code = `import { buildChanged, ${early.join(', ')} } from './tools/build.ts'
    const built = await buildChanged(console.log, [${early.join(', ')}])
    if (built.kind === 'fail') throw new Error(built.error)`
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: copy, encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  for (const { output } of [booth, offlineVerifier, releaseFiles]) expect(existsSync(join(copy, output)), output).toBe(true)
})
