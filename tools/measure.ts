/**
 * Something to time: `run` does `operations` of what the table counts. `rounds` bounds the rounds it takes part in, for what takes many seconds
 * and is there for the comparison.
 */
export type Case = { readonly name: string; readonly operations: number; readonly run: () => unknown; readonly rounds?: number }

/** What a file `bench/<name>.bench.ts` returns from its default export. The first case is the one that the others are compared with. */
export type Bench = {
  readonly title: string
  /** One or two sentences: what is timed, on what input, and what the figure is for. */
  readonly about: string
  readonly cases: readonly Case[]
  /** Ends what the bench started. */
  readonly end?: () => Promise<unknown>
}

/** What can be done only once, such as filling a box: gives rows of its own instead of timings, the first of them the head. */
export type Trial = Pick<Bench, 'title' | 'about' | 'end'> & { readonly run: () => Promise<readonly (readonly string[])[]> }

/** Seconds per operation: median and quartiles over the rounds, and the median of its ratios to the first case of the same round. */
export type Timing = {
  readonly name: string
  readonly median: number
  readonly lower: number
  readonly upper: number
  readonly ratio: number
}

/** The value below which `share` of the sorted numbers lie, by nearest rank. */
function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

type Now = () => number

async function secondsFor({ run }: Case, times: number, now: Now): Promise<number> {
  const began = now()
  for (let i = 0; i < times; i++) {
    const outcome = run()
    if (outcome instanceof Promise) await outcome
  }
  return (now() - began) / 1000
}

/** How often a case must run to fill a slice of time; also warms it up. */
async function timesFor(each: Case, sliceSeconds: number, now: Now): Promise<number> {
  for (let times = 1; ; times *= 2) {
    const seconds = await secondsFor(each, times, now)
    if (seconds > sliceSeconds / 2) return Math.max(1, Math.round((times * sliceSeconds) / seconds))
  }
}

/**
 * Times the cases side by side: in every round each one runs for a slice, and the round begins with another one, so that a machine that
 * slows down slows all of them. `now` gives milliseconds. Compare ratios of one run, never figures of two.
 */
export async function measure(
  bench: Bench,
  rounds: number,
  sliceSeconds: number,
  now: Now = () => performance.now(),
): Promise<readonly Timing[]> {
  const runs: { readonly each: Case; readonly times: number; readonly seconds: number[] }[] = []
  for (const each of bench.cases) runs.push({ each, times: await timesFor(each, sliceSeconds, now), seconds: [] })
  for (let round = 0; round < rounds; round++)
    for (let i = 0; i < runs.length; i++) {
      const run = runs[(i + round) % runs.length]
      if (run === undefined || round >= (run.each.rounds ?? rounds)) continue
      run.seconds.push((await secondsFor(run.each, run.times, now)) / run.times / run.each.operations)
    }
  const first = runs[0]?.seconds ?? []
  return runs.map(({ each: { name }, seconds }) => ({
    name,
    median: quantile(seconds, 0.5),
    lower: quantile(seconds, 0.25),
    upper: quantile(seconds, 0.75),
    ratio: quantile(
      seconds.map((s, round) => s / (first[round] ?? Number.NaN)),
      0.5,
    ),
  }))
}

/** Three significant digits in the unit that fits: `4.12 µs`. */
export function durationText(seconds: number): string {
  const units = [
    [1, 's'],
    [1e-3, 'ms'],
    [1e-6, 'µs'],
    [1e-9, 'ns'],
  ] as const
  const [size, unit] = units.find(([least]) => seconds >= least) ?? [1e-9, 'ns']
  return `${Number((seconds / size).toPrecision(3))} ${unit}`
}

/** Three significant digits with thousands set apart: `243,000`. */
export const countText = (count: number): string => Number(count.toPrecision(3)).toLocaleString('en-GB')
