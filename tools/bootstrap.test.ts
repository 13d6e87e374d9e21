import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { root } from './build.ts'

const copies: string[] = []
afterEach(() => {
  for (const copy of copies.splice(0)) rmSync(copy, { recursive: true, force: true })
})

/** A folder with the bootstrap, a lockfile and one command; `npm` is a script of ours that does what the test says. */
function copyWith(npm: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'quorate boot '))
  copies.push(copy)
  mkdirSync(join(copy, 'tools'))
  mkdirSync(join(copy, 'bin'))
  copyFileSync(join(root, 'tools/bootstrap.mjs'), join(copy, 'tools/bootstrap.mjs'))
  writeFileSync(join(copy, 'package-lock.json'), '{}')
  writeFileSync(join(copy, 'tools/test.ts'), `console.log('went on', ...process.argv.slice(2)); process.exitCode = 7 as number`)
  // Found by its file name, as the real one is through npm_execpath.
  writeFileSync(join(copy, 'bin/npm-cli.js'), npm)
  return copy
}

/** Who runs the bootstrap, and by which Node. */
type User = { readonly node?: string; readonly uid?: number; readonly gid?: number }

function bootstrap(
  copy: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
  { node = process.execPath, ...user }: User = {},
) {
  const { status, stdout, stderr } = spawnSync(node, [join(copy, 'tools/bootstrap.mjs'), ...words], {
    encoding: 'utf8',
    ...user,
    env: { PATH: process.env['PATH'], QUORATE_NODE: process.execPath, npm_execpath: join(copy, 'bin/npm-cli.js'), ...env },
  })
  return { status, stdout, said: stderr }
}
const installs = `require('fs').mkdirSync('node_modules', { recursive: true }); require('fs').appendFileSync('runs', process.argv.slice(2).join(' ') + '\\n')`
const runs = (copy: string): readonly string[] =>
  existsSync(join(copy, 'runs')) ? readFileSync(join(copy, 'runs'), 'utf8').trim().split('\n') : []

describe('the bootstrap', () => {
  test('installs once, hands on the words and the exit status, and installs nothing the second time', () => {
    const copy = copyWith(installs)
    const first = bootstrap(copy, ['test', 'lint', 'two words'])
    expect(first).toMatchObject({ status: 7, stdout: 'went on lint two words\n' })
    expect(first.said).toContain('installing what the lockfile names')
    expect(bootstrap(copy, ['test'])).toMatchObject({ status: 7, said: '' })
    expect(runs(copy)).toEqual([expect.stringMatching(/^ci .*--ignore-scripts --include=dev --include=optional/)])
  })

  test('installs again when the lockfile changed', () => {
    const copy = copyWith(installs)
    bootstrap(copy, ['test'])
    writeFileSync(join(copy, 'package-lock.json'), '{ }')
    expect(bootstrap(copy, ['test']).said).toContain('the lockfile changed or the last install did not finish')
    expect(runs(copy)).toHaveLength(2)
  })

  test('an install that fails says so and is tried again', () => {
    const copy = copyWith(`process.exit(1)`)
    const failed = bootstrap(copy, ['test'])
    expect(failed.status).toBe(1)
    expect(failed.said).toContain('npm could not install; its own message is above')
    writeFileSync(join(copy, 'bin/npm-cli.js'), installs)
    expect(bootstrap(copy, ['test']).status).toBe(7)
  })

  test('a turn left behind by a start that was killed does not block', () => {
    const copy = copyWith(installs)
    writeFileSync(join(copy, '.quorate-installing'), '4194304')
    expect(bootstrap(copy, ['test']).status).toBe(7)
    expect(existsSync(join(copy, '.quorate-installing'))).toBe(false)
  })

  test('an install without the pinned Node is not taken for whole', () => {
    const copy = copyWith(installs)
    const { status, said } = bootstrap(copy, ['test'], { QUORATE_NODE: join(copy, 'no such node') })
    expect(status).toBe(1)
    expect(said).toContain('everything was installed except the pinned Node')
    expect(existsSync(join(copy, 'node_modules/.quorate-stamp'))).toBe(false)
  })

  test('a command that does not exist is named, with those that do', () => {
    const copy = copyWith(installs)
    for (const [words, sentence] of [
      [['tset'], 'there is no command "tset"; there are: start, test, bench, nightly.'],
      [[], 'there is no command given; there are'],
    ] as const) {
      const { status, said } = bootstrap(copy, words)
      expect(status).toBe(1)
      expect(said).toContain(sentence)
    }
    expect(runs(copy)).toEqual([])
  })

  test('a folder without its lockfile is not a whole copy', () => {
    const copy = copyWith(installs)
    rmSync(join(copy, 'package-lock.json'))
    expect(bootstrap(copy, ['test'])).toMatchObject({
      status: 1,
      said: expect.stringContaining('package-lock.json is missing') as string,
    })
  })

  test('a folder that cannot be written to is named', () => {
    const copy = copyWith(installs)
    // Root may write everywhere, so the bootstrap is then run as a user who owns nothing, by a Node that this user can reach.
    const isRoot = process.getuid?.() === 0
    const node = isRoot ? join(copy, 'bin/node') : process.execPath
    if (isRoot) copyFileSync(process.execPath, node)
    chmodSync(copy, 0o555)
    const { status, said } = bootstrap(copy, ['test'], {}, isRoot ? { node, uid: 65_534, gid: 65_534 } : { node })
    chmodSync(copy, 0o700)
    expect(status).toBe(1)
    expect(said).toContain('this folder is read-only')
  })

  test('its own syntax is that of an older Node, so that the sentence about the version is reached', () => {
    const code = readFileSync(join(root, 'tools/bootstrap.mjs'), 'utf8').replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, '')
    expect(code).not.toMatch(/\?\?|\?\.[a-z[(]|from 'node:|^await |#[a-z]+\b.*=|\.at\(|\|\|=/m)
  })
})
