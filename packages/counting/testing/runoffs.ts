// Elections by instant runoff as voters mark them, and a reader of their own for the tests: it replays a trace paper by paper and agrees or not.
import fc, { type Arbitrary } from 'fast-check'
import type { Cause, IrvCount, IrvParams, LotOrder, Profile, Rank } from '../src/index.ts'

/** `3 A B=C - A`: three papers with A first, B and C both marked second, the third rank empty, A again fourth. */
export function marked(candidates: string, papers: readonly string[], withdrawn = ''): Profile {
  const names = candidates.split('')
  const rankOf = (text: string): Rank => {
    if (text === '-') return []
    const named = text.split('=').map((name) => names.indexOf(name))
    return named.length === 1 ? (named[0] ?? 0) : named.toSorted((a, b) => a - b)
  }
  return {
    title: '',
    candidates: names,
    withdrawn: withdrawn.split('').map((name) => names.indexOf(name)),
    seats: 1,
    papers: papers.map((line) => {
      const [weight = '', ...ranks] = line.split(' ')
      return { weight: Number(weight), ranking: ranks.map(rankOf) }
    }),
  }
}

/** A rule under which nothing but an exclusion stops a paper; tests change what they are about. */
export const plainRule: IrvParams = {
  overvote: 'exhaust',
  skippedRanks: 'unlimited',
  repeated: 'skip',
  maxRanks: 'all',
  batch: false,
  until: 'majority',
  majorityOf: 'continuing',
  ties: 'earlier-rounds-then-lot',
  undeclared: [],
}

/** A contest, a rule and an order for the lot. */
export type RunoffCase = { readonly profile: Profile; readonly params: IrvParams; readonly lot: LotOrder }

/** Small elections with empty ranks, overvotes, repeated candidates, blank papers, withdrawals and write-ins, under any rule. */
export const runoffs: Arbitrary<RunoffCase> = fc.integer({ min: 1, max: 7 }).chain((candidates) => {
  const all = Array.from({ length: candidates }, (_, c) => c)
  const one = fc.nat({ max: candidates - 1 })
  const rank: Arbitrary<Rank> = fc.oneof(
    { weight: 12, arbitrary: one },
    { weight: 1, arbitrary: fc.constant<readonly number[]>([]) },
    {
      weight: candidates > 1 ? 1 : 0,
      arbitrary: fc.subarray(all, { minLength: Math.min(2, candidates) }),
    },
  )
  const plain: Arbitrary<readonly Rank[]> = fc.shuffledSubarray(all, { minLength: 0 })
  const ranking = fc.oneof(
    { weight: 2, arbitrary: plain },
    { weight: 1, arbitrary: fc.array(rank, { maxLength: candidates + 2 }) },
  )
  return fc.record(
    {
      profile: fc.record(
        {
          title: fc.constant(''),
          candidates: fc.constant(all.map((c) => `C${c + 1}`)),
          withdrawn: fc.oneof({ weight: 3, arbitrary: fc.constant<number[]>([]) }, { weight: 1, arbitrary: fc.subarray(all) }),
          seats: fc.constant(1),
          papers: fc.array(fc.record({ weight: fc.integer({ min: 1, max: 4 }), ranking }, { noNullPrototype: true }), {
            maxLength: 12,
          }),
        },
        { noNullPrototype: true },
      ),
      params: fc.record(
        {
          overvote: fc.constantFrom('exhaust', 'skip', 'exhaust-if-multiple'),
          skippedRanks: fc.constantFrom('unlimited', 0, 1, 2),
          repeated: fc.constantFrom('exhaust', 'skip'),
          maxRanks: fc.constantFrom('all', 1, 3, 5),
          batch: fc.boolean(),
          until: fc.constantFrom('majority', 'two-left'),
          majorityOf: fc.constantFrom('continuing', 'valid'),
          ties: fc.constantFrom('lot', 'earlier-rounds-then-lot'),
          undeclared: fc.oneof({ weight: 4, arbitrary: fc.constant<number[]>([]) }, { weight: 1, arbitrary: fc.subarray(all) }),
        },
        { noNullPrototype: true },
      ) as Arbitrary<IrvParams>, // constantFrom widens the literals
      lot: fc.shuffledSubarray(all, { minLength: candidates }),
    },
    { noNullPrototype: true },
  )
})

/** For whom one voter's paper speaks while `open` stand, read as a person would: position by position, counting gaps. */
function speaks(ranking: readonly Rank[], rule: IrvParams, open: ReadonlySet<number>): number | Cause {
  const limit = rule.maxRanks === 'all' ? Infinity : rule.maxRanks
  const met: number[] = []
  let gap = 0
  let anything = false
  for (let position = 0; position < ranking.length && position < limit; position++) {
    const here = [ranking[position] ?? []].flat()
    if (here.length === 0) {
      gap += 1
      continue
    }
    anything = true
    if (rule.skippedRanks !== 'unlimited' && gap > rule.skippedRanks) return 'skipped'
    gap = 0
    const again = here.some((c) => met.includes(c))
    met.push(...here)
    if (again && rule.repeated === 'exhaust') return 'repeated'
    const inRace = here.filter((c) => open.has(c))
    if (here.length > 1) {
      if (rule.overvote === 'exhaust') return 'overvote'
      if (rule.overvote === 'skip') continue
      if (inRace.length > 1) return 'overvote'
    }
    if (inRace.length === 1) return inRace[0] as number // just checked
  }
  return anything ? 'exhausted' : 'undervote'
}

/** What is wrong with a count, or nothing. Follows every single paper; recomputes totals and causes; checks every choice, making none. */
export function faultsOf({ profile, params, lot }: RunoffCase, count: IrvCount): readonly string[] {
  const faults: string[] = []
  const say = (stage: number, text: string): void => void faults.push(`stage ${stage}: ${text}`)
  const open = new Set(profile.candidates.keys())
  for (const c of profile.withdrawn) open.delete(c)
  let where = profile.papers.map(({ ranking }) => speaks(ranking, params, open))
  const tally = (of: number | Cause): number =>
    profile.papers.reduce((sum, { weight }, i) => sum + (where[i] === of ? weight : 0), 0)
  let before: readonly number[] = []
  for (const [k, stage] of count.stages.entries()) {
    const out = stage.acts.flatMap((act) => (act.kind === 'exclude' ? [act.candidate] : []))
    if (k > 0) faults.push(...choiceFaults(out, before, { params, lot, profile }, open, stage.number))
    for (const c of out) if (!open.delete(c)) say(stage.number, `C${c + 1} was not in`)
    where = where.map((at, i) =>
      typeof at === 'number' && !open.has(at) ? speaks(profile.papers[i]?.ranking ?? [], params, open) : at,
    )
    const totals = profile.candidates.map((_, c) => tally(c))
    if (totals.join() !== stage.totals.join()) say(stage.number, `totals ${stage.totals.join()}, papers say ${totals.join()}`)
    for (const [cause, papers] of Object.entries(count.inactive[k] ?? {}))
      if (papers !== tally(cause as Cause)) say(stage.number, `${cause} ${papers}, papers say ${tally(cause as Cause)}`) // its own keys
    before = totals
    const sum = totals.reduce((a, b) => a + b, 0)
    const basis = params.majorityOf === 'valid' ? count.valid : sum
    if (BigInt(Math.floor(basis / 2) + 1) !== stage.quota) say(stage.number, `majority ${stage.quota} of ${basis}`)
    const won = stage.acts.flatMap((act) => (act.kind === 'elect' || act.kind === 'fill' ? [act.candidate] : []))
    const decided = count.stages.slice(0, k).some(({ acts }) => acts.some(({ kind }) => kind === 'elect' || kind === 'fill'))
    const writeIns = [...open].some((c) => params.undeclared.includes(c) && (totals[c] ?? 0) > 0)
    const most = Math.max(...[...open].filter((c) => !params.undeclared.includes(c)).map((c) => totals[c] ?? 0))
    const due = !decided && !writeIns && (most * 2 > basis || open.size === 1 || (open.size === 2 && most >= 0))
    if (due && !(open.size === 2 && most * 2 <= basis && [...open].some((c) => params.undeclared.includes(c)))) {
      if (won.length !== 1 && ![...open].every((c) => params.undeclared.includes(c))) say(stage.number, 'nobody elected')
      if (won.some((c) => totals[c] !== most)) say(stage.number, 'elected without the most votes')
    } else if (won.length > 0) say(stage.number, 'elected too early')
  }
  return faults
}

function choiceFaults(
  out: readonly number[],
  before: readonly number[],
  { params, lot, profile }: RunoffCase,
  open: ReadonlySet<number>,
  stage: number,
): readonly string[] {
  const votes = (c: number): number => before[c] ?? 0
  const writeIns = [...open].filter((c) => params.undeclared.includes(c))
  if (writeIns.length > 0) return out.join() === writeIns.join() ? [] : [`stage ${stage}: write-ins go first`]
  const stay = [...open].filter((c) => !out.includes(c))
  if (out.some((c) => stay.some((other) => votes(other) < votes(c)))) return [`stage ${stage}: not the lowest`]
  if (out.length > 1) {
    const sum = out.reduce((total, c) => total + votes(c), 0)
    const safe = params.batch && stay.every((c) => votes(c) > sum)
    return safe ? [] : [`stage ${stage}: a batch of ${sum} is not safe`]
  }
  const level = stay.filter((c) => votes(c) === votes(out[0] ?? 0))
  if (level.length > 0 && params.ties === 'lot' && level.some((c) => lot.indexOf(c) > lot.indexOf(out[0] ?? 0)))
    return [`stage ${stage}: not the last in the lot`]
  return profile.candidates.length === 0 ? ['nobody'] : []
}
