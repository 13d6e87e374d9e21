import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root, writeAppSettings } from './build.ts'
import { askLaws } from './law-shards.ts'
import { machineText, tableText, today, writeReport } from './report.ts'
import type { TestReport } from './test-report.ts'

// `npm run nightly`: what takes too long for `npm test`. Without options it takes some minutes: properties asked ten times as often,
// PostgreSQL killed ten times, and the mutants of kernel. `--all` adds the mutants of every package; `--only mutants:record` runs one part.
// The mutants of a large package take hours: `--share 10 --seed 1` asks a tenth of them, drawn by that seed, and `--only
// mutants:counting/pairwise` those of one folder or file.

const head = `# Nightly run

Written by \`npm run nightly\`. Each part stands here as it last ended, with its day and machine. A property that fails prints the seed that
repeats it; a mutant that survives is a change to the code that no test noticed. Tests ask their properties a fifth as often of a mutant as in
\`npm test\`. Not asked are changes to assertions, which fire only when an invariant is broken, and to the fallback of an element that is known to
be there (\`totals[c] ?? 0n\`): those that survive there say nothing. A sample is drawn by its seed, the same on every machine.`

const packages = ['kernel', 'rulebook', 'counting', 'ballots', 'record', 'verifier']
const fuzzTests = ['packages/rulebook/src/language/parser-fuzz.test.ts', 'packages/rulebook/src/yaml/reads-as-yaml-does.test.ts']
const lawTests = [
  'laws-of-whole-rulebooks',
  'procedure-laws',
  'earliest-dates-are-lawful',
  'engine-laws',
  'movement/movement-laws',
  'words/words-laws',
  'language/random-rulebooks',
].map((name) => `packages/rulebook/src/${name}.test.ts`)
type Outcome = { readonly ok: boolean; readonly text: string }
type Part = {
  readonly name: string
  readonly usual: boolean
  readonly run: () => Outcome | Promise<Outcome>
}

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    all: { type: 'boolean', default: false },
    runs: { type: 'string', default: '10' },
    cycles: { type: 'string', default: '10' },
    share: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    concurrency: { type: 'string', default: '3' },
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
  const counted = `${report.passed} passed, ${report.failures.length} failed, ${report.skipped.length} skipped.`
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
          readonly statusReason?: string
          readonly mutatorName: string
          readonly location: { readonly start: { readonly line: number } }
        }[]
      }
    >
  >
}

// Packages whose tests run in one process without Vitest, in a fraction of the time (see mutants/runner.mjs).
const warm: ReadonlySet<string> = new Set(['kernel', 'counting', 'rulebook'])

/**
 * Mutants of a package, or of one folder or file below its `src`; all, or the share of them that the seed draws. Group after group: code with
 * all its mutants in it runs some ten times slower, so no more of it than needed is changed at a time. The smaller the share, the larger a group.
 */
function mutantsOf(name: string, within = ''): { readonly ok: boolean; readonly text: string } {
  const report = join(root, '.stryker-tmp/report.json')
  const source = `packages/${name}/src`
  const share = Number(values.share)
  const sampled = share < 100
  const found: Mutants['files'] = {}
  for (const group of groupsOf(`${source}/${within}`, (100 * groupBytes) / share)) {
    rmSync(report, { force: true })
    const stryker = [
      ...['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', '--concurrency', values.concurrency],
      ...['--dryRunTimeoutMinutes', '30', '--mutate', group.join()],
      ...(warm.has(name) ? ['--testRunner', 'in-one-process', '--plugins', './tools/mutants.mjs'] : []),
    ]
    const { output } = node(stryker, {
      QUORATE_TESTS: `packages/${name}/**/*.test.ts`,
      QUORATE_MUTANTS_SHARE: String(share / 100),
      QUORATE_MUTANTS_SEED: values.seed,
      // Every mutant that survives asks every property that reaches it to its end.
      QUORATE_RUNS: '0.2',
    })
    if (!existsSync(report)) return { ok: false, text: `Stryker wrote no report:\n\n${fenced(output)}` }
    const { files } = JSON.parse(readFileSync(report, 'utf8')) as Mutants // Stryker's own format, version 2.
    Object.assign(found, files)
    say(`     ${group.join(' ')}\n${mutantsText(files, source, sampled).text}\n`)
  }
  return mutantsText(found, source, sampled)
}

// A tenth of the largest package.
const groupBytes = 30_000

/** Source files of a folder, or those that a pattern such as `packages/counting/src/meek*.ts` finds, in groups of about so many bytes. */
function groupsOf(place: string, bytes: number): readonly (readonly string[])[] {
  const found = globSync(place.endsWith('.ts') ? place : `${place}/**/*.ts`.replaceAll('//', '/'), { cwd: root })
  const files = found.filter((file) => !/(\.test\.ts|\.d\.ts|\/index\.ts)$/.test(file)).sort()
  type Group = { readonly files: readonly string[]; readonly bytes: number }
  const groups = files.reduce<readonly Group[]>((made, file) => {
    const { size } = statSync(join(root, file))
    const last = made.at(-1)
    return last !== undefined && last.bytes + size <= bytes
      ? made.with(-1, { files: [...last.files, file], bytes: last.bytes + size })
      : [...made, { files: [file], bytes: size }]
  }, [])
  return groups.map((group) => group.files)
}

function mutantsText(files: Mutants['files'], source: string, sampled: boolean): { readonly ok: boolean; readonly text: string } {
  const rows = Object.entries(files).map(([file, { mutants }]) => {
    const count = (...kinds: readonly string[]): number => mutants.filter(({ status }) => kinds.includes(status)).length
    return {
      file,
      of: mutants.filter(({ status, statusReason }) => status !== 'Ignored' || statusReason === 'not drawn').length,
      killed: count('Killed', 'Timeout'),
      left: count('Survived', 'NoCoverage'),
    }
  })
  const shareText = (killed: number, left: number): string =>
    killed + left === 0 ? '–' : `${((100 * killed) / (killed + left)).toFixed(1)}%`
  const total = (of: (row: (typeof rows)[number]) => number): number => rows.reduce((sum, row) => sum + of(row), 0)
  const [all, killed, left] = [total(({ of }) => of), total((row) => row.killed), total((row) => row.left)]
  const table = tableText([
    ['file', 'noticed', 'survived', 'share noticed'],
    ...rows.map((row) => [
      row.file.slice(source.length + 1),
      String(row.killed),
      String(row.left),
      shareText(row.killed, row.left),
    ]),
    ['all', String(killed), String(left), shareText(killed, left)],
  ])
  const survivors = Object.entries(files).flatMap(([file, { mutants }]) =>
    mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(({ mutatorName, location }) => `${file.slice(source.length + 1)}:${location.start.line} ${mutatorName}`),
  )
  const list = survivors.length === 0 ? '' : `\n\nThe first of those that survived: ${survivors.slice(0, 20).join('; ')}.`
  const drawn = sampled && killed + left > 0 ? `\n\n${sampleText(killed, killed + left, all)}` : ''
  const folders =
    drawn === '' ? '' : `\n\n${foldersText(rows.map((row) => ({ ...row, file: row.file.slice(source.length + 1) })))}`
  return { ok: killed > 0, text: table + folders + drawn + list }
}

/** A sample by folder: a file has too few of it to say anything. */
function foldersText(rows: readonly { readonly file: string; readonly killed: number; readonly left: number }[]): string {
  const folderOf = ({ file }: { readonly file: string }): string => (file.includes('/') ? (file.split('/')[0] ?? '') : 'the rest')
  const lines = [...Map.groupBy(rows, folderOf)].map(([folder, own]) => {
    const [killed, left] = [own.reduce((sum, row) => sum + row.killed, 0), own.reduce((sum, row) => sum + row.left, 0)]
    return [folder, String(killed), String(left), killed + left === 0 ? '–' : `${((100 * killed) / (killed + left)).toFixed(1)}%`]
  })
  return tableText([['folder', 'noticed', 'survived', 'share noticed'], ...lines])
}

/**
 * What a sample says of all mutants: the share noticed with its 95% interval, 1.96 standard errors of a proportion, made smaller by what the
 * sample already holds of the whole (W. G. Cochran, Sampling Techniques, 3rd edition 1977, section 3.2).
 */
function sampleText(killed: number, asked: number, all: number): string {
  const p = killed / asked
  const error = 1.96 * Math.sqrt(((p * (1 - p)) / Math.max(1, asked - 1)) * (1 - asked / all))
  return `A sample: ${asked} of ${all} mutants, drawn by seed ${values.seed}. Noticed ${(100 * p).toFixed(1)}% ± ${(100 * error).toFixed(1)} (95%).`
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
    run: () => vitest(['test/chaos/postgres'], { QUORATE_NIGHTLY: '1', QUORATE_FAULT_CYCLES: values.cycles }),
  },
  {
    name: 'tamper',
    usual: false,
    // QUORATE_BYTE_CHANGES and QUORATE_BYTE_SHARDS of the environment ask another number, and other threads than one a core up to four;
    // QUORATE_BYTE_FROM begins later, so that a run may be cut over processes.
    run: () => vitest(['test/chaos/single-bytes'], { QUORATE_NIGHTLY: '1' }),
  },
  {
    name: 'vote:100000',
    usual: false,
    // QUORATE_UNION_VOTERS of the environment asks another number than 100,000.
    run: () => vitest(['test/scenarios/union-vote'], { QUORATE_NIGHTLY: '1' }),
  },
  {
    name: 'million',
    usual: false,
    // QUORATE_MILLION_VOTERS and QUORATE_MILLION_FOLDER of the environment ask another number and another place for the box, which is kept.
    run: () => vitest(['test/scenarios/million'], { QUORATE_NIGHTLY: '1' }),
  },
  {
    name: 'curve',
    usual: false,
    // QUORATE_ORACLE_RUNS and QUORATE_TIMINGS of the environment ask other numbers.
    run: () => vitest(['test/oracles/curve-as-noble', 'test/oracles/constant-time', '--maxWorkers=1'], { QUORATE_NIGHTLY: '1' }),
  },
  {
    name: 'casting',
    usual: false,
    // QUORATE_CAST_RATE, QUORATE_CAST_PROCESSES and QUORATE_CAST_ROUNDS of the environment ask other numbers.
    run: () => vitest(['app/test/scenarios/cast-rate'], { QUORATE_NIGHTLY: '1' }),
  },
  {
    name: 'laws:rulebook',
    usual: false,
    run: async () => {
      // QUORATE_LAW_CASES and QUORATE_LAW_PROCESSES of the environment ask other numbers.
      const cases = Number(process.env['QUORATE_LAW_CASES'] ?? '100000')
      const { ok, text } = await askLaws(root, lawTests, cases, Number(process.env['QUORATE_LAW_PROCESSES'] ?? '2'))
      return { ok, text: `Each law of the rulebook language and its engine on at least ${cases} random cases, in ${text}` }
    },
  },
  {
    name: 'laws:counting',
    usual: false,
    run: () => {
      const { ok, text } = vitest(['packages/counting/src/certificate/followed-by-the-checker.test.ts', '--maxWorkers=1'], {
        QUORATE_RUNS: '100',
      })
      return { ok, text: `1,000,000 random elections by both engines and the checker of certificates, in one process: ${text}` }
    },
  },
  {
    name: 'laws:counting-bounds',
    usual: false,
    run: () => {
      const { ok, text } = vitest(['packages/counting/src/constrained', '--maxWorkers=1'], { QUORATE_RUNS: '100' })
      return { ok, text: `1,000,000 random elections under random bounds, every committee of each as the judge: ${text}` }
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

/** `mutants:counting/pairwise`: a part that is named only when asked for. */
const narrower: readonly Part[] = (values.only ?? []).flatMap((word): readonly Part[] => {
  const [, name = '', within = ''] = /^mutants:(\w+)\/(.+)$/.exec(word) ?? []
  return packages.includes(name) ? [{ name: word, usual: false, run: () => mutantsOf(name, within) }] : []
})

const wanted = [...parts, ...narrower].filter(
  ({ name, usual }) => values.only?.some((word) => name.startsWith(word)) ?? (usual || values.all),
)
if (wanted.length === 0) {
  say(`no part of that name; there are: ${parts.map(({ name }) => name).join(', ')}`)
  process.exitCode = 1
}
const written = await writeAppSettings()
if (written.kind === 'fail') throw new Error(written.error)
const sections = new Map<string, string>()
for (const { name, run } of wanted) {
  const began = performance.now()
  const { ok, text } = await run()
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
