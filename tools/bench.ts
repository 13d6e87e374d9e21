import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { root } from './build.ts'
import { countText, durationText, measure, type Bench, type Timing, type Trial } from './measure.ts'
import { machineText, tableText, today, writeReport } from './report.ts'

// `npm run bench`: times every `bench/*.bench.ts` and writes the tables into docs/reference/benchmarks.md.
// `npm run bench -- --only kernel --rounds 50` runs those whose name contains the word, longer; the other tables stay as they were.

const head = `# Benchmarks

Written by \`npm run bench\`. The cases of one table ran in turns in one process, so their ratios can be compared; figures of two tables,
two days or two machines cannot. "Times" is how much longer an operation takes than the first of its table: the median over rounds, each round compared
within itself. The spread is that of the middle half of the rounds.`

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const rowOf = ({ name, median, lower, upper, ratio }: Timing): readonly string[] => [
  name,
  durationText(median),
  `${durationText(lower)} – ${durationText(upper)}`,
  countText(1 / median),
  ratio.toFixed(2),
]

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, rounds: { type: 'string', default: '21' }, dry: { type: 'boolean' } },
})
const named = globSync('bench/*.bench.ts', { cwd: root }).sort()
const wanted = named.filter((file) => values.only?.some((word) => basename(file).includes(word)) ?? true)
if (wanted.length === 0) {
  say(`no bench of that name; there are: ${named.map((file) => basename(file, '.bench.ts')).join(', ')}`)
  process.exitCode = 1
}
const tables = new Map<string, string>()
for (const file of wanted) {
  // A bench is a module whose default export makes it; what it returns is typed where it is written.
  const { default: make } = (await import(pathToFileURL(join(root, file)).href)) as {
    default: () => Bench | Trial | Promise<Bench | Trial>
  }
  const bench = await make()
  try {
    const rows =
      'cases' in bench
        ? [['case', 'median', 'spread', 'per second', 'times'], ...(await measure(bench, Number(values.rounds), 0.02)).map(rowOf)]
        : await bench.run()
    const table = tableText(rows)
    tables.set(bench.title, `${bench.about}\n\n${table}\n\n${today()}, ${machineText()}. \`${file}\``)
    say(`\n${bench.title}\n${table}`)
  } finally {
    await bench.end?.()
  }
}
if (values.dry !== true && tables.size > 0) {
  const file = 'docs/reference/benchmarks.md'
  writeReport(join(root, file), head, tables)
  say(`\nwritten to ${file}`)
}
