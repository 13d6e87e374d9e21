import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { faultsIn, readTree, ruleNames, undrawn, type Fault } from './architecture.ts'
import { root } from './build.ts'

const inWords = (faults: readonly Fault[]): readonly string[] =>
  faults.map(({ rule, where, what }) => `${rule}: ${where} ${what}`)

/** What git tracks, or would; a copy without git is read as it stands. */
function filesOfCheckout(): readonly string[] {
  if (existsSync(join(root, '.git')))
    return execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
      .split('\0')
      .filter((file) => file !== '' && existsSync(join(root, file)))
  const ignored = ['node_modules', 'build', '.svelte-kit', 'data', '.stryker-tmp']
  return globSync('**/*', { cwd: root, withFileTypes: true, exclude: ({ name }) => ignored.includes(name) })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
}

test('the tree keeps the rules of ARCHITECTURE.md', () => {
  const tree = readTree(root)
  expect(tree.size).toBeGreaterThan(100)
  expect(inWords(faultsIn(tree))).toEqual([])
})

test('ARCHITECTURE.md draws every folder down to two levels and every feature, and none that is not there', () => {
  expect(inWords(undrawn(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8'), filesOfCheckout()))).toEqual([])
})

// A small tree that breaks nothing; each case below adds one thing that a rule must name.
const sound: Readonly<Record<string, string>> = {
  'packages/kernel/src/index.ts': `export * from './time.ts'`,
  'packages/kernel/src/time.ts': `export const at = new Date(0), process = 1, f = (document: string) => document // Date.now()`,
  'packages/kernel/src/time.test.ts': `import { test } from 'vitest'\nimport { readFileSync } from 'node:fs'\nDate.now()`,
  'packages/rulebook/src/index.ts': `import { at } from '@quorate/kernel'\nexport * from './index.d.ts'`,
  'packages/record/src/index.ts': `import { sha256 } from '@noble/hashes/sha2.js'`,
  'packages/verifier/src/index.ts': `import '@quorate/rulebook'\nimport '@quorate/record'`,
  'app/booth/src/main.ts': `import '@quorate/ballots'\nimport worker from './worker.ts?worker&url'`,
  'app/verifier/src/main.ts': `import '@quorate/verifier'\nimport { h } from '../../booth/src/dom.ts'\nimport Worker from './worker.ts?worker&inline'`,
  'app/src/lib/platform/words.ts': `import '@quorate/kernel'\nimport pg from 'pg'`,
  'app/src/lib/features/record/index.ts': `import '@quorate/record'\nimport '@quorate/verifier'\nimport '#lib/platform/words.ts'`,
  'app/src/lib/features/rulebooks/index.ts': `import '@quorate/rulebook'\nimport '#lib/features/record/index.ts'\nimport text from '../../../../../rulebooks/lantern.md?raw'`,
  'app/src/lib/features/motions/index.ts': `import '@quorate/rulebook'\nimport '@quorate/record'\nimport './x.ts'`,
  'app/src/lib/features/demo/index.ts': `import '#lib/features/motions/index.ts'\nimport '../../../../booth/src/main.ts'`,
  'app/src/lib/assembly.ts': `export const all = import.meta.glob<Feature>('./features/*/index.ts')`,
  'app/src/routes/+layout.svelte': `<script lang="ts">import Strip from '#lib/features/demo/Strip.svelte'</script>`,
  'app/src/routes/+page.server.ts': `import { all } from '#lib/assembly.ts'\nimport './$types'`,
  'tools/start.ts': `import '@quorate/kernel'\nimport './build.ts'`,
}

test('a sound tree has no fault', () => {
  expect(inWords(faultsIn(new Map(Object.entries(sound))))).toEqual([])
})

const cases: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['kernel imports nothing', 'packages/kernel/src/a.ts', `import { sha256 } from '@noble/hashes/sha2.js'`],
  ['kernel imports nothing', 'packages/kernel/src/a.ts', `export type { Act } from '@quorate/rulebook'`],
  ['a package imports kernel alone', 'packages/counting/src/a.ts', `import type { Entry } from '@quorate/record'`],
  ['a package imports kernel alone', 'packages/counting/src/a.ts', `import { parse } from 'yaml'`],
  ['a package imports kernel alone', 'packages/rulebook/src/a.ts', `import { parse } from 'yaml'`],
  ['a package imports kernel alone', 'packages/ballots/src/a.ts', `import { readFileSync } from 'node:fs'`],
  ['a package imports kernel alone', 'packages/record/src/a.ts', `const b = await import('../../ballots/src/index.ts')`],
  ['the verifier imports packages alone', 'packages/verifier/src/a.ts', `import '../../../tools/start.ts'`],
  [
    'the checker of count certificates imports kernel alone',
    'packages/verifier/src/count-certificate/check.ts',
    `import { count } from '@quorate/counting'`,
  ],
  ['no package imports the app', 'packages/record/src/a.test.ts', `import '../../../app/src/lib/platform/words.ts'`],
  ['the booth imports kernel, ballots and looks alone', 'app/booth/src/a.ts', `import { quota } from '@quorate/counting'`],
  ['the booth imports kernel, ballots and looks alone', 'app/booth/src/a.ts', `import { mount } from 'svelte'`],
  ['the booth imports kernel, ballots and looks alone', 'app/booth/src/client.ts', `import { parseNote } from '@quorate/record'`],
  [
    'platform stands below features and pages',
    'app/src/lib/platform/a.ts',
    `import type { M } from '#lib/features/motions/index.ts'`,
  ],
  ['a feature stands below pages', 'app/src/lib/features/groups/a.ts', `import { load } from '../../../routes/+page.server.ts'`],
  ['a feature stands below pages', 'app/src/lib/features/groups/a.ts', `import { all } from '#lib/assembly.ts'`],
  ['a feature is entered by its index.ts', 'app/src/routes/a.ts', `import { perform } from '#lib/features/motions/perform.ts'`],
  ['a feature is entered by its index.ts', 'app/src/lib/features/groups/a.ts', `import { entries } from '../motions/index.ts'`],
  [
    'a feature is entered by its index.ts',
    'app/src/routes/a.svelte',
    `<script>import { x } from '#lib/features/motions/x.ts'</script>`,
  ],
  [
    'only pages import the demonstration',
    'app/src/lib/features/groups/a.ts',
    `import { travel } from '#lib/features/demo/index.ts'`,
  ],
  [
    'the feature record knows record and verifier alone',
    'app/src/lib/features/record/a.ts',
    `import '#lib/features/groups/index.ts'`,
  ],
  ['the feature record knows record and verifier alone', 'app/src/lib/features/record/a.ts', `import '@quorate/ballots'`],
  [
    'the offline verifier imports packages, and no part of the server',
    'app/verifier/src/a.ts',
    `import '#lib/platform/words.ts'`,
  ],
  ['the offline verifier imports packages, and no part of the server', 'app/verifier/src/a.ts', `import { mount } from 'svelte'`],
  [
    'the registrar’s program imports packages, looks and words, and no part of the server',
    'app/registrar/src/a.ts',
    `import '#lib/platform/database.ts'`,
  ],
  ['the watch of the record imports kernel and record alone', 'app/watch/src/a.ts', `import '@quorate/verifier'`],
  ['a feature stands below pages', 'app/src/lib/features/elections/a.ts', `import '../../../../booth/src/main.ts'`],
  [
    'the feature rulebooks knows the rulebook alone',
    'app/src/lib/features/rulebooks/a.ts',
    `import '#lib/features/motions/index.ts'`,
  ],
  ['tools import kernel alone', 'tools/a.ts', `import '../app/src/lib/platform/words.ts'`],
  ['only elections and motions bring packages together', 'app/cli/a.ts', `import '@quorate/rulebook'; import '@quorate/ballots'`],
  [
    'only elections and motions bring packages together',
    'app/src/lib/features/rulebooks/Page.svelte',
    `<script>import '@quorate/counting'</script>`,
  ],
  ['no cycles between files', 'packages/kernel/src/time.ts', `import type { at } from './index.ts'`],
  ['no cycles between files', 'app/src/lib/features/motions/x.ts', `import type { M } from './index.ts'`],
  ['packages are pure', 'packages/record/src/a.ts', `export const now = () => Date.now()`],
  ['packages are pure', 'packages/record/src/a.ts', `export const now = () => new Date()`],
  ['packages are pure', 'packages/record/src/a.ts', `export const lot = () => Math.random()`],
  ['packages are pure', 'packages/record/src/a.ts', `export const bytes = crypto.getRandomValues(new Uint8Array(1))`],
  ['packages are pure', 'packages/record/src/a.ts', `export const home = process.env['HOME']`],
  ['packages are pure', 'packages/record/src/a.ts', `export const page = await fetch('/')`],
  ['packages are pure', 'packages/record/src/a.ts', `export const title = () => globalThis.document.title`],
]

test.each(cases)('%s: caught in %s: %s', (rule, file, text) => {
  const faults = faultsIn(new Map(Object.entries({ ...sound, [file]: text })))
  expect(faults.map((fault) => fault.rule)).toContain(rule)
})

test('ARCHITECTURE.md names every folder: one that is not drawn and one that is not there are caught', () => {
  const drawn = '```\npackages/  pure\n  kernel/\n  gone/\napp/src/lib/features/\n```\n'
  const files = ['README.md', 'packages/kernel/src/index.ts', 'packages/extra/a.ts', 'app/src/lib/features/votes/index.ts']
  expect(undrawn(drawn, files).map(({ where, what }) => `${where} ${what}`)).toEqual([
    'packages/extra is not drawn',
    'app is not drawn',
    'app/src is not drawn',
    'app/src/lib/features/votes is not drawn',
    'packages/gone is drawn and does not exist',
  ])
})

test('every rule has a case that it must catch', () => {
  expect(new Set([...cases.map(([rule]) => rule), 'ARCHITECTURE.md names every folder'])).toEqual(new Set(ruleNames))
})
