import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from './build.ts'
import { machineText, tableText, today, writeReport } from './report.ts'
import type { TestReport } from './test-report.ts'

// `npm run nightly`: what takes too long for `npm test`. Without options it takes some minutes: properties asked ten times as often,
// PostgreSQL killed ten times, and the mutants of kernel. `--all` adds the mutants of every package; `--only mutants:record` runs one part.

const head = `# Nightly run

Written by \`npm run nightly\`. Each part stands here as it last ended, with its day and machine. A property that fails prints the seed that
repeats it; a mutant that survives is a change to the code that no test noticed.`

const packages = ['kernel', 'rulebook', 'counting', 'ballots', 'record', 'verifier']
const fuzzTests = ['packages/rulebook/src/parser-fuzz.test.ts', 'packages/rulebook/src/yaml/reads-as-yaml-does.test.ts']
type Part = {
  readonly name: string
  readonly usual: boolean
  readonly run: () => { readonly ok: boolean; readonly text: string }
}

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    all: { type: 'boolean', default: false },
    runs: { type: 'string', default: '10' },
    cycles: { type: 'string', default: '10' },
    dry: { type: 'boolean', default: false },
  },
})
const scratch = mkdtempSync(join(tmpdir(), 'quorate-nightly-'))
const notes = join(scratch, 'notes')
const say = (line: string): void => void process.stdout.write(`${line}\n`)

function node(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): { readonly ok: boolean; readonly output: string } {
  const done = spawnSync(process.execPath, words, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', QUORATE_NOTES: notes, ...env },
  })
  return { ok: done.status === 0, output: done.error?.message ?? done.stdout + done.stderr }
}

/** Runs Vitest and says in a line how it went; of a failure, its own words. */
function vitest(
  paths: readonly string[],
  env: Readonly<Record<string, string>>,
): { readonly ok: boolean; readonly text: string } {
  rmSync(notes, { force: true })
  const reportFile = join(scratch, 'report.json')
  const words = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', '--reporter=tools/test-report.ts', ...paths]
  const { ok, output } = node(words, { ...env, QUORATE_TEST_REPORT: reportFile })
  if (!existsSync(reportFile)) return { ok: false, text: `The runner itself failed:\n\n${fenced(output)}` }
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as TestReport // Written by our own reporter a moment ago.
  const counted = `${report.passed} passed, ${report.failed} failed, ${report.skipped.length} skipped.`
  const noted = existsSync(notes) ? `\n\n${readFileSync(notes, 'utf8').trim().replaceAll(/^/gm, '- ')}` : ''
  return { ok, text: ok ? counted + noted : `${counted}${noted}\n\n${fenced(output)}` }
}
const fenced = (output: string): string => `\`\`\`\n${output.trim().slice(-4000)}\n\`\`\``

/** The part of Stryker's report that we read. */
type Mutants = {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly mutants: readonly {
          readonly status: string
          readonly mutatorName: string
          readonly location: { readonly start: { readonly line: number } }
        }[]
      }
    >
  >
}

function mutantsOf(name: string): { readonly ok: boolean; readonly text: string } {
  const report = join(root, '.stryker-tmp/report.json')
  rmSync(report, { force: true })
  const source = `packages/${name}/src`
  const stryker = ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', '--mutate']
  const { output } = node([...stryker, `${source}/**/*.ts,!${source}/**/*.test.ts,!${source}/**/*.d.ts,!${source}/index.ts`], {
    QUORATE_TESTS: `packages/${name}/**/*.test.ts`,
  })
  if (!existsSync(report)) return { ok: false, text: `Stryker wrote no report:\n\n${fenced(output)}` }
  const { files } = JSON.parse(readFileSync(report, 'utf8')) as Mutants // Stryker's own format, version 2.
  const rows = Object.entries(files).map(([file, { mutants }]) => {
    const count = (...kinds: readonly string[]): number => mutants.filter(({ status }) => kinds.includes(status)).length
    return { file, killed: count('Killed', 'Timeout'), left: count('Survived', 'NoCoverage') }
  })
  const share = (killed: number, left: number): string =>
    killed + left === 0 ? '–' : `${((100 * killed) / (killed + left)).toFixed(1)}%`
  const [killed, left] = [rows.reduce((sum, row) => sum + row.killed, 0), rows.reduce((sum, row) => sum + row.left, 0)]
  const table = tableText([
    ['file', 'noticed', 'survived', 'share noticed'],
    ...rows.map((row) => [row.file.slice(source.length + 1), String(row.killed), String(row.left), share(row.killed, row.left)]),
    ['all', String(killed), String(left), share(killed, left)],
  ])
  const survivors = Object.entries(files).flatMap(([file, { mutants }]) =>
    mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(({ mutatorName, location }) => `${file.slice(source.length + 1)}:${location.start.line} ${mutatorName}`),
  )
  const list = survivors.length === 0 ? '' : `\n\nThe first of those that survived: ${survivors.slice(0, 20).join('; ')}.`
  return { ok: killed > 0, text: table + list }
}

const parts: readonly Part[] = [
  {
    name: 'properties',
    usual: true,
    run: () => {
      const { ok, text } = vitest(['packages'], { QUORATE_RUNS: values.runs })
      return { ok, text: `Every test of the packages, its properties asked ${values.runs} times as often: ${text}` }
    },
  },
  {
    name: 'faults',
    usual: true,
    run: () => vitest([], { QUORATE_NIGHTLY: '1', QUORATE_FAULT_CYCLES: values.cycles }),
  },
  {
    name: 'laws:rulebook',
    usual: false,
    run: () => {
      const { ok, text } = vitest(['packages/rulebook'], { QUORATE_RUNS: '100' })
      return { ok, text: `The laws of the rulebook language and its engine on 100,000 random rulebooks and histories: ${text}` }
    },
  },
  {
    name: 'fuzz:rulebook',
    usual: false,
    // QUORATE_FUZZ of the environment asks another number.
    run: () => vitest(fuzzTests, { QUORATE_FUZZ: process.env['QUORATE_FUZZ'] ?? '1000000' }),
  },
  ...packages.map((name) => ({ name: `mutants:${name}`, usual: name === 'kernel', run: () => mutantsOf(name) })),
]

const wanted = parts.filter(({ name, usual }) => values.only?.some((word) => name.startsWith(word)) ?? (usual || values.all))
if (wanted.length === 0) {
  say(`no part of that name; there are: ${parts.map(({ name }) => name).join(', ')}`)
  process.exitCode = 1
}
const sections = new Map<string, string>()
for (const { name, run } of wanted) {
  const began = performance.now()
  const { ok, text } = run()
  const took = `${((performance.now() - began) / 1000).toFixed(0)} s`
  say(`${ok ? 'ok  ' : 'FAIL'} ${name} (${took})\n${text}\n`)
  if (!ok) process.exitCode = 1
  sections.set(name, `${text}\n\n${today()}, ${took}, ${machineText()}.`)
}
rmSync(scratch, { recursive: true, force: true })
if (!values.dry && sections.size > 0) {
  writeReport(join(root, 'docs/reference/nightly.md'), head, sections)
  say('written to docs/reference/nightly.md')
}
