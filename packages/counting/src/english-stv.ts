import { assert, unreachable } from '@quorate/kernel'
import { certificateText } from './constrained/english.ts'
import { counted, listed, votesOf, votesText } from './english-phrases.ts'
import { flowOf } from './flow.ts'
import { destinations, type NotElected } from './outcome.ts'
import type { IterationsEnd, Stage, StageAct, StvCount, Votes } from './trace.ts'

type Act<K extends StageAct['kind']> = Extract<StageAct, { readonly kind: K }>

/** One stage being told: what every sentence of it may need. */
type Telling = {
  readonly count: StvCount
  readonly stage: Stage
  readonly name: (candidate: number) => string
  readonly votes: (votes: Votes) => string
  readonly bare: (votes: Votes) => string
  readonly acts: <K extends StageAct['kind']>(kind: K) => readonly Act<K>[]
}

function telling(count: StvCount, number: number, names: readonly string[]): Telling {
  const stage = count.stages[number - 1]
  assert(stage !== undefined, 'the count has this stage')
  return {
    count,
    stage,
    name: nameFrom(names),
    votes: (v) => votesOf(v, count.places),
    bare: (v) => votesText(v, count.places),
    acts: (kind) => stage.acts.filter((act): act is Act<typeof kind> => act.kind === kind),
  }
}

const nameFrom =
  (names: readonly string[]) =>
  (c: number): string =>
    names[c] ?? `candidate ${c + 1}`

/** What happened in one stage, in plain sentences. */
export function stageText(count: StvCount, number: number, names: readonly string[]): string {
  const t = telling(count, number, names)
  const sentences = t.stage.acts.flatMap((act) => actText(act, t) ?? [])
  sentences.push(...electedTexts(t))
  if (number === 1 && t.acts('elect').length === 0) sentences.push('Nobody had reached the quota.')
  const filled = t.acts('fill')
  if (filled.length > 0) sentences.push(fillText(filled, t))
  return `Stage ${number}: ${sentences.join(' ')}`
}

function actText(act: StageAct, t: Telling): string | null {
  switch (act.kind) {
    case 'first-preferences':
      return `${counted(act.valid, 'valid paper was', 'valid papers were')} sorted by first preference${
        act.invalid === 0 ? '' : ` (${counted(act.invalid, 'paper', 'papers')} without a clear first preference set aside)`
      }.`
    case 'quota':
      return `For ${counted(act.seats, 'seat', 'seats')} the quota is ${t.bare(act.quota)}.`
    case 'new-quota':
      return `With ${t.votes(act.active)} still in play, the quota is now ${t.bare(act.quota)}.`
    case 'surplus':
      return surplusText(act, t)
    case 'defer':
      return deferText(act, t)
    case 'iterate':
      return iterateText(act, t)
    case 'exclude':
      return act === t.acts('exclude')[0] ? excludeText(t) : null
    case 'tie':
      return tieText(act, t.count, t.name)
    case 'elect':
    case 'fill':
      return null // told together at the end of the stage
    case 'doom':
    case 'guard':
      return certificateText(act.certificate, t.name)
    default:
      return unreachable(act)
  }
}

function surplusText(act: Act<'surplus'>, t: Telling): string {
  const who = t.name(act.candidate)
  const waiting = act.waiting.length === 0 ? '' : `, the ${t.acts('tie').length === 0 ? 'largest surplus' : 'surplus chosen'}`
  const papers =
    t.count.method === 'ers97@1'
      ? `the papers that had brought it passed on, each at the same value`
      : `all of ${who}’s papers passed on, each at part of its value`
  return `${who} had ${t.votes(act.surplus)} more than the quota${waiting}, so ${papers}. ${wentText(t)}`
}

function deferText(act: Act<'defer'>, t: Telling): string {
  const whose = act.candidates.length === 1 ? 'The surplus' : 'The surpluses'
  return `${whose} of ${listed(act.candidates.map(t.name))} (${t.bare(act.surplus)}) could not lift ${listed(act.lowest.map(t.name))} above the next, who had ${t.bare(act.next)}, so ${act.candidates.length === 1 ? 'it' : 'they'} waited.`
}

const iterationsEnded: Readonly<Record<IterationsEnd, string>> = {
  elected: 'when somebody reached the quota',
  spent: 'when hardly any surplus was left',
  certain: 'when the surplus could no longer save the lowest',
  stuck: 'when nine decimals could make the surplus no smaller',
  doomed: 'because somebody could no longer be elected',
}

function iterateText(act: Act<'iterate'>, t: Telling): string {
  const times = act.last - act.first + 1
  const span = times === 1 ? `iteration ${act.first}` : `iterations ${act.first} to ${act.last}`
  const links = flowOf(t.count, t.stage.number).filter(({ from }) => from === 'pool')
  const [most] = links
    .filter(({ to }) => typeof to === 'number')
    .sort((a, b) => (a.amount === b.amount ? 0 : a.amount > b.amount ? -1 : 1))
  const gained = typeof most?.to === 'number' ? ` ${t.name(most.to)} gained most, ${t.votes(most.amount)}.` : ''
  return `All papers were counted again ${times === 1 ? 'once' : `${times} times`} (${span}), the elected keeping less of each vote. It stopped ${iterationsEnded[act.ended]}, with ${t.votes(act.surplus)} of surplus left.${gained}`
}

function excludeText(t: Telling): string {
  const excluded = t.acts('exclude')
  const [first] = excluded
  assert(first !== undefined, 'somebody is excluded')
  const moved = t.stage.transfers.length > 0 || t.stage.iterations.length > 0
  const passed = moved ? ' and those papers passed on' : ''
  const went = t.stage.transfers.length > 0 ? ` ${wentText(t)}` : ''
  if (excluded.length > 1) {
    const each = excluded.map((act) => `${t.name(act.candidate)} (${t.bare(act.total)})`)
    return `${listed(each)} had together no more than the next above, so all of them were excluded${passed}.${went}`
  }
  const bounds = boundActs(t)
  if (bounds.some((act) => act.kind === 'doom' && act.candidate === first.candidate))
    return `${t.name(first.candidate)}, who could no longer be elected and had ${t.votes(first.total)}, was excluded${passed}.${went}`
  const tied = t.acts('tie').some((tie) => tie.purpose === 'exclusion')
  const among = bounds.some(({ kind }) => kind === 'guard') ? ' of those who need not be kept' : ''
  const fewest = tied ? `with ${t.votes(first.total)}` : `with the fewest votes${among} (${t.bare(first.total)})`
  if (t.acts('defer').length > 0) return `${t.name(first.candidate)}, ${fewest}, was excluded${passed}.${went}`
  const before = t.count.stages[t.stage.number - 2]?.quota ?? t.stage.quota
  const reason =
    t.count.method === 'scottish-stv@1' || t.count.method === 'ers97@1'
      ? `No surplus was left and nobody new had ${t.bare(before)}, so `
      : ''
  return `${reason}${t.name(first.candidate)}, ${fewest}, was excluded${passed}.${went}`
}

/** What has been said about bounds before this stage and in it. */
const boundActs = (t: Telling): readonly (Act<'doom'> | Act<'guard'>)[] =>
  t.count.stages.slice(0, t.stage.number).flatMap(({ acts }) => acts.filter((act) => act.kind === 'doom' || act.kind === 'guard'))

function wentText(t: Telling): string {
  const went = destinations(t.stage.transfers.flatMap(({ parcels }) => parcels))
  const [most] = went
  const none = went.find(({ to }) => to === null)
  const parts: string[] = []
  if (most !== undefined && most.to !== null) parts.push(`${t.name(most.to)} gained most, ${t.votes(most.amount)}`)
  if (none !== undefined) {
    parts.push(`${counted(none.papers, 'paper', 'papers')} named nobody still in (${t.votes(none.amount)})`)
  }
  const text = parts.join('; ')
  return text === '' ? 'There were no papers to pass on.' : `${text}.`
}

function electedTexts(t: Telling): readonly string[] {
  const each = (acts: readonly Act<'elect'>[]): string =>
    listed(acts.map((act) => `${t.name(act.candidate)} with ${t.votes(act.total)}`))
  const atQuota = t.acts('elect').filter(({ needed }) => needed === t.stage.quota)
  const others = t.acts('elect').filter(({ needed }) => needed !== t.stage.quota)
  const texts = others.map((act) => `Elected with enough for the places left (${t.bare(act.needed)}): ${each([act])}.`)
  return atQuota.length === 0 ? texts : [`Elected by reaching the quota of ${t.bare(t.stage.quota)}: ${each(atQuota)}.`, ...texts]
}

function tieText(tie: Act<'tie'>, count: StvCount, name: (c: number) => string): string {
  const names = listed(tie.tied.map(name))
  const how = tie.purpose === 'exclusion' ? 'fewest' : 'most'
  const step = count.method === 'nz-meek@1' ? 'iteration' : 'stage'
  const steps = tie.steps.map(({ stage, left }) => `at ${step} ${stage} ${listed(left.map(name))} had the ${how}`)
  const look = count.method === 'scottish-stv@1' ? 'Looking back' : 'Looking from the first figures on'
  const looked =
    count.method === 'meek-reference@1'
      ? 'The surplus left is too small to tell them apart'
      : steps.length === 0
        ? `They had been level at every ${step}`
        : `${look}, ${listed(steps)}`
  const ends = {
    surplus: `${name(tie.chosen)}’s surplus went first`,
    exclusion: `${name(tie.chosen)} was the one to go`,
    election: `${name(tie.chosen)} took the place`,
  }
  const end = ends[tie.purpose]
  const before = steps.length === 0 ? '' : count.method === 'scottish-stv@1' ? ' and were level before that' : ' and stayed level'
  const settled =
    tie.numbers !== null
      ? `${looked}${before}, so the pseudo-random numbers of the regulations decided (${listed(tie.tied.map((c, i) => `${name(c)} ${tie.numbers?.[i] ?? ''}`))}): ${end}.`
      : tie.byLot
        ? `${looked}${before}, so it was decided by lot: ${end}.`
        : `${looked}, so ${end}.`
  const level = count.method === 'meek-reference@1' ? 'as good as level' : 'level'
  return `${names} were ${level} at ${votesText(tie.total, count.places)}. ${settled}`
}

function fillText(filled: readonly Act<'fill'>[], t: Telling): string {
  const { count, name } = t
  const n = filled.length
  const who = listed(filled.map((act) => name(act.candidate)))
  const guarded = boundActs(t).flatMap(({ kind, candidate }) => (kind === 'guard' ? [candidate] : []))
  if (filled.every(({ candidate }) => guarded.includes(candidate)))
    return `${counted(n, 'place was', 'places were')} left, and ${who} must have ${n === 1 ? 'it' : 'them'}, so ${n === 1 ? 'that candidate was' : 'they were'} elected without any further transfer.`
  const places = n + count.unfilled
  const rest = count.unfilled === 0 ? '' : ` ${counted(count.unfilled, 'seat stays', 'seats stay')} empty.`
  const left = n === 1 ? 'One candidate was' : `${n} candidates were`
  return `${left} left for ${counted(places, 'seat', 'seats')}, so ${who} ${n === 1 ? 'was' : 'were'} elected without any further transfer.${rest}`
}

/** Why somebody was not elected: figures, where the papers went, the nearest to the quota. */
export function notElectedText(why: NotElected, count: StvCount, names: readonly string[]): string {
  const name = nameFrom(names)
  const votes = (v: Votes): string => votesOf(v, count.places)
  const sentences: string[] = []
  if (why.excludedAt === null) {
    sentences.push(`${name(why.candidate)} was still in with ${votes(why.total)} when the last seat was filled.`)
  } else {
    const gap =
      why.next === null || why.tie !== null ? '' : `, ${votes(why.next.total - why.total)} behind ${name(why.next.candidate)}`
    sentences.push(`${name(why.candidate)} was excluded at stage ${why.excludedAt} with ${votes(why.total)}${gap}.`)
    if (why.tie !== null) sentences.push(tieText(why.tie, count, name))
    const went = why.destinations.map(
      ({ to, papers, amount }) =>
        `${to === null ? 'nobody still in' : name(to)} ${votesText(amount, count.places)} (${counted(papers, 'paper', 'papers')})`,
    )
    if (went.length > 0) sentences.push(`Those papers went to ${listed(went)}.`)
  }
  sentences.push(`The smallest gap to the quota was ${votes(why.nearest.gap)}, at stage ${why.nearest.stage}.`)
  return sentences.join(' ')
}
