// Which sentences a transferable vote calls for, whatever the language.
import { assert, unreachable } from '@quorate/kernel'
import { flowOf } from '../report/flow.ts'
import { destinations, type NotElected } from '../report/outcome.ts'
import type { Stage, StageAct, StvCount, Votes } from '../trace.ts'
import { votesText } from './figures.ts'
import type { Phrases, TieTold } from './phrases.ts'

type Act<K extends StageAct['kind']> = Extract<StageAct, { readonly kind: K }>

/** One stage being told: what every sentence of it may need. */
type Telling = {
  readonly say: Phrases
  readonly count: StvCount
  readonly stage: Stage
  readonly name: (candidate: number) => string
  readonly votes: (votes: Votes) => string
  readonly bare: (votes: Votes) => string
  readonly acts: <K extends StageAct['kind']>(kind: K) => readonly Act<K>[]
}

function telling(say: Phrases, count: StvCount, number: number, names: readonly string[]): Telling {
  const stage = count.stages[number - 1]
  assert(stage !== undefined, 'the count has this stage')
  const bare = (v: Votes): string => votesText(v, count.places)
  return {
    say,
    count,
    stage,
    name: namedBy(say, names),
    votes: (v) => say.common.votes(bare(v)),
    bare,
    acts: (kind) => stage.acts.filter((act): act is Act<typeof kind> => act.kind === kind),
  }
}

/** The names of candidates, or how a language calls one without. */
export const namedBy =
  ({ common }: Phrases, names: readonly string[]) =>
  (c: number): string =>
    names[c] ?? common.candidate(c + 1)

/** What happened in one stage, in plain sentences. */
export function stageText(say: Phrases, count: StvCount, number: number, names: readonly string[]): string {
  const t = telling(say, count, number, names)
  const sentences = t.stage.acts.flatMap((act) => actText(act, t) ?? [])
  sentences.push(...electedTexts(t))
  if (number === 1 && t.acts('elect').length === 0) sentences.push((isRunoff(count) ? say.stv.runoff : say.stv).nobodyYet)
  const filled = t.acts('fill')
  if (filled.length > 0) {
    const who = filled.map((act) => t.name(act.candidate))
    const guarded = boundActs(t).flatMap(({ kind, candidate }) => (kind === 'guard' ? [candidate] : []))
    sentences.push(
      filled.every(({ candidate }) => guarded.includes(candidate))
        ? say.stv.filledGuarded(who)
        : say.stv.filled(who, filled.length + count.unfilled, count.unfilled),
    )
  }
  return say.stv.stage(number, sentences.join(' '))
}

function actText(act: StageAct, t: Telling): string | null {
  const { stv } = t.say
  switch (act.kind) {
    case 'first-preferences':
      return stv.sorted(act.valid, act.invalid)
    case 'quota':
      return isRunoff(t.count) ? stv.runoff.majority(t.bare(act.quota), null) : stv.quota(act.seats, t.bare(act.quota))
    case 'new-quota':
      return isRunoff(t.count)
        ? stv.runoff.majority(t.bare(act.quota), t.votes(act.active))
        : stv.newQuota(t.votes(act.active), t.bare(act.quota))
    case 'surplus': {
      const waiting = act.waiting.length === 0 ? 'none' : t.acts('tie').length === 0 ? 'largest' : 'chosen'
      const papers = t.count.method === 'ers97@1' ? 'last parcel' : 'all'
      return `${stv.surplus(t.name(act.candidate), t.votes(act.surplus), waiting, papers)} ${wentText(t)}`
    }
    case 'defer':
      return stv.defer(act.candidates.map(t.name), t.bare(act.surplus), act.lowest.map(t.name), t.bare(act.next))
    case 'iterate':
      return iterateText(act, t)
    case 'exclude':
      return act === t.acts('exclude')[0] ? excludeText(t) : null
    case 'tie':
      return stv.tie(tieTold(act, t.count, t.name))
    case 'elect':
    case 'fill':
      return null // told together at the end of the stage
    case 'doom':
    case 'guard':
      return stv.bound(act.certificate, t.name)
    default:
      return unreachable(act)
  }
}

function iterateText(act: Act<'iterate'>, t: Telling): string {
  const { stv } = t.say
  const text = stv.iterated(act.last - act.first + 1, act.first, act.last, act.ended, t.votes(act.surplus))
  const [most] = flowOf(t.count, t.stage.number)
    .filter(({ from, to }) => from === 'pool' && typeof to === 'number')
    .sort((a, b) => (a.amount === b.amount ? 0 : a.amount > b.amount ? -1 : 1))
  return typeof most?.to === 'number' ? `${text} ${stv.gainedMost(t.name(most.to), t.votes(most.amount))}` : text
}

function excludeText(t: Telling): string {
  const { stv } = t.say
  const excluded = t.acts('exclude')
  const [first] = excluded
  assert(first !== undefined, 'somebody is excluded')
  const moved = t.stage.transfers.length > 0 || t.stage.iterations.length > 0
  const went = t.stage.transfers.length > 0 ? ` ${wentText(t)}` : ''
  if (excluded.length > 1) {
    const each = excluded.map((act) => stv.bracketed(t.name(act.candidate), t.bare(act.total)))
    return `${stv.excludedTogether(each, moved)}${went}`
  }
  const bounds = boundActs(t)
  if (bounds.some((act) => act.kind === 'doom' && act.candidate === first.candidate))
    return `${stv.excludedDoomed(t.name(first.candidate), t.votes(first.total), moved)}${went}`
  const guarded = bounds.some(({ kind }) => kind === 'guard')
  const tied = t.acts('tie').some((tie) => tie.purpose === 'exclusion')
  const before = t.count.stages[t.stage.number - 2]?.quota ?? t.stage.quota
  const bySurplus = t.count.method === 'scottish-stv@1' || t.count.method === 'ers97@1'
  const reason = bySurplus && t.acts('defer').length === 0 ? t.bare(before) : null
  return `${stv.excluded(t.name(first.candidate), t.votes(first.total), t.bare(first.total), tied, reason, moved, guarded)}${went}`
}

/** What has been said about bounds before this stage and in it. */
const boundActs = (t: Telling): readonly (Act<'doom'> | Act<'guard'>)[] =>
  t.count.stages.slice(0, t.stage.number).flatMap(({ acts }) => acts.filter((act) => act.kind === 'doom' || act.kind === 'guard'))

function wentText(t: Telling): string {
  const went = destinations(t.stage.transfers.flatMap(({ parcels }) => parcels))
  const [most] = went
  const none = went.find(({ to }) => to === null)
  if (most === undefined) return t.say.stv.nothingWent
  return t.say.stv.went(
    most.to === null ? null : { who: t.name(most.to), votes: t.votes(most.amount) },
    none === undefined ? null : { papers: none.papers, votes: t.votes(none.amount) },
  )
}

function electedTexts(t: Telling): readonly string[] {
  const { stv } = t.say
  const each = (acts: readonly Act<'elect'>[]): readonly string[] =>
    acts.map((act) => stv.with(t.name(act.candidate), t.votes(act.total)))
  const atQuota = t.acts('elect').filter(({ needed }) => needed === t.stage.quota)
  const others = t.acts('elect').filter(({ needed }) => needed !== t.stage.quota)
  if (isRunoff(t.count)) {
    const won = atQuota.length === 0 ? [] : [stv.runoff.won(t.bare(t.stage.quota), each(atQuota))]
    return others.length === 0 ? won : [...won, stv.runoff.lastTwo(each(others))]
  }
  const texts = others.map((act) => stv.withEnough(t.bare(act.needed), each([act])))
  return atQuota.length === 0 ? texts : [stv.atQuota(t.bare(t.stage.quota), each(atQuota)), ...texts]
}

const isRunoff = ({ method }: StvCount): boolean => method === 'irv@1'

function tieTold(tie: Act<'tie'>, count: StvCount, name: (c: number) => string): TieTold {
  const looks = {
    'scottish-stv@1': 'back',
    'nz-meek@1': 'forward',
    'ers97@1': 'forward',
    'meek-reference@1': 'none',
    'irv@1': count.params['ties'] === 'lot' ? 'lot at once' : 'back',
  } as const
  return {
    names: tie.tied.map(name),
    total: votesText(tie.total, count.places),
    purpose: tie.purpose,
    chosen: name(tie.chosen),
    steps: tie.steps.map(({ stage, left }) => ({ at: stage, left: left.map(name) })),
    unit: count.method === 'nz-meek@1' ? 'iteration' : 'stage',
    look: looks[count.method],
    numbers: tie.numbers === null ? null : tie.tied.map((c, i) => `${name(c)} ${tie.numbers?.[i] ?? ''}`),
    byLot: tie.byLot,
  }
}

/** Why somebody was not elected: figures, where the papers went, the nearest to the quota. */
export function notElectedText(say: Phrases, why: NotElected, count: StvCount, names: readonly string[]): string {
  const { stv, common } = say
  const name = namedBy(say, names)
  const votes = (v: Votes): string => common.votes(votesText(v, count.places))
  const sentences: string[] = []
  if (why.excludedAt === null) {
    sentences.push(stv.stillIn(name(why.candidate), votes(why.total)))
  } else {
    const behind =
      why.next === null || why.tie !== null || why.next.total < why.total
        ? null
        : { votes: votes(why.next.total - why.total), who: name(why.next.candidate) }
    sentences.push(stv.excludedAt(name(why.candidate), why.excludedAt, votes(why.total), behind))
    const doom = count.stages.flatMap(({ acts }) => acts).find((act) => act.kind === 'doom' && act.candidate === why.candidate)
    if (doom?.kind === 'doom') sentences.push(stv.bound(doom.certificate, name))
    if (why.tie !== null) sentences.push(stv.tie(tieTold(why.tie, count, name)))
    const went = why.destinations.map(({ to, papers, amount }) => ({
      who: to === null ? null : name(to),
      figure: votesText(amount, count.places),
      papers,
    }))
    if (went.length > 0) sentences.push(stv.destinations(went))
  }
  sentences.push((isRunoff(count) ? stv.runoff : stv).nearest(votes(why.nearest.gap), why.nearest.stage))
  return sentences.join(' ')
}
