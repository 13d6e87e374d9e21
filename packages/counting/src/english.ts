import { assert, unreachable } from '@quorate/kernel'
import { decimalText } from './arithmetic.ts'
import type { Base, Condition, MajorityCount } from './majority.ts'
import { destinations, type NotElected } from './outcome.ts'
import type { Stage, StageAct, StvCount, Votes } from './trace.ts'
import type { CountWords } from './words.ts'

type Tie = Extract<StageAct, { kind: 'tie' }>

/** Counts told in English. */
export const english: CountWords = { stage: stageText, notElected: notElectedText, majority: majorityText }

/** `1,474`, `381.73105`: thousands marked, no decimals on a whole number, never rounded. */
function votesText(votes: Votes, places: number): string {
  const [whole = '', decimals = ''] = decimalText(votes, places).split('.')
  const marked = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return /^0*$/.test(decimals) ? marked : `${marked}.${decimals}`
}

const counted = (n: number, one: string, many: string): string => `${votesText(BigInt(n), 0)} ${n === 1 ? one : many}`
const votesOf = (votes: Votes, places: number): string => {
  const text = votesText(votes, places)
  return `${text} ${text === '1' ? 'vote' : 'votes'}`
}

/** `A`, `A and B`, `A, B and C`. */
function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? ''
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`
}

function stageText(count: StvCount, number: number, names: readonly string[]): string {
  const stage = count.stages[number - 1]
  assert(stage !== undefined, 'the count has this stage')
  const name = (c: number): string => names[c] ?? `candidate ${c + 1}`
  const sentences: string[] = []
  const tie = stage.acts.find((act) => act.kind === 'tie')
  for (const act of stage.acts) {
    const sentence = actText(act, count, stage, tie?.kind === 'tie' ? tie : null, name)
    if (sentence !== null) sentences.push(sentence)
  }
  const elected = stage.acts.flatMap((act) => (act.kind === 'elect' ? [act] : []))
  const quota = votesText(count.quota, count.places)
  if (elected.length > 0) {
    const each = elected.map((act) => `${name(act.candidate)} with ${votesOf(act.total, count.places)}`)
    sentences.push(`Elected by reaching the quota of ${quota}: ${listed(each)}.`)
  } else if (number === 1) sentences.push('Nobody had reached the quota.')
  const filled = stage.acts.flatMap((act) => (act.kind === 'fill' ? [act] : []))
  if (filled.length > 0) sentences.push(fillText(filled, count, name))
  return `Stage ${number}: ${sentences.join(' ')}`
}

function actText(act: StageAct, count: StvCount, stage: Stage, tie: Tie | null, name: (c: number) => string): string | null {
  const votes = (v: Votes): string => votesOf(v, count.places)
  switch (act.kind) {
    case 'first-preferences':
      return `${counted(act.valid, 'valid paper was', 'valid papers were')} sorted by first preference${
        act.invalid === 0 ? '' : ` (${counted(act.invalid, 'paper', 'papers')} without a clear first preference set aside)`
      }.`
    case 'quota':
      return `For ${counted(act.seats, 'seat', 'seats')} the quota is ${votesText(act.quota, count.places)}.`
    case 'surplus': {
      const waiting = act.waiting.length === 0 ? '' : `, the ${tie === null ? 'largest surplus' : 'surplus chosen'}`
      return `${name(act.candidate)} had ${votes(act.surplus)} more than the quota${waiting}, so all of ${name(act.candidate)}’s papers passed on, each at part of its value. ${wentText(stage, count, name)}`
    }
    case 'exclude': {
      const fewest = tie === null ? `with the fewest votes (${votesText(act.total, count.places)})` : `with ${votes(act.total)}`
      return `No surplus was left and nobody new had ${votesText(count.quota, count.places)}, so ${name(act.candidate)}, ${fewest}, was excluded and those papers passed on. ${wentText(stage, count, name)}`
    }
    case 'tie':
      return tieText(act, count, name)
    case 'elect':
    case 'fill':
      return null // told together at the end of the stage
    default:
      return unreachable(act)
  }
}

function wentText(stage: Stage, count: StvCount, name: (c: number) => string): string {
  const went = destinations(stage.transfer?.parcels ?? [])
  const [most] = went
  const none = went.find(({ to }) => to === null)
  const parts: string[] = []
  if (most !== undefined && most.to !== null) parts.push(`${name(most.to)} gained most, ${votesOf(most.amount, count.places)}`)
  if (none !== undefined) {
    parts.push(`${counted(none.papers, 'paper', 'papers')} named nobody still in (${votesOf(none.amount, count.places)})`)
  }
  const text = parts.join('; ')
  return text === '' ? 'There were no papers to pass on.' : `${text}.`
}

function tieText(tie: Tie, count: StvCount, name: (c: number) => string): string {
  const names = listed(tie.tied.map(name))
  const votes = votesText(tie.total, count.places)
  const how = tie.purpose === 'surplus' ? 'most' : 'fewest'
  const steps = tie.steps.map(({ stage, left }) => `at stage ${stage} ${listed(left.map(name))} had the ${how}`)
  const looked = steps.length === 0 ? 'They had been level at every stage' : `Looking back, ${listed(steps)}`
  const end = tie.purpose === 'surplus' ? `${name(tie.chosen)}’s surplus went first` : `${name(tie.chosen)} was the one to go`
  const settled = tie.byLot
    ? `${looked}${steps.length === 0 ? '' : ' and were level before that'}, so it was decided by lot: ${end}.`
    : `${looked}, so ${end}.`
  return `${names} were level at ${votes}. ${settled}`
}

function fillText(filled: readonly Extract<StageAct, { kind: 'fill' }>[], count: StvCount, name: (c: number) => string): string {
  const n = filled.length
  const who = listed(filled.map((act) => name(act.candidate)))
  const places = n + count.unfilled
  const rest = count.unfilled === 0 ? '' : ` ${counted(count.unfilled, 'seat stays', 'seats stay')} empty.`
  const left = n === 1 ? 'One candidate was' : `${n} candidates were`
  return `${left} left for ${counted(places, 'seat', 'seats')}, so ${who} ${n === 1 ? 'was' : 'were'} elected without any further transfer.${rest}`
}

function notElectedText(why: NotElected, count: StvCount, names: readonly string[]): string {
  const name = (c: number): string => names[c] ?? `candidate ${c + 1}`
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

const baseWords: Readonly<Record<Base, string>> = {
  'for-and-against': 'votes for and against',
  'votes-cast': 'votes cast',
  valid: 'valid papers',
  returned: 'papers returned',
  issued: 'papers issued',
  roll: 'people on the roll',
  present: 'people present',
  seated: 'seats filled',
  seats: 'seats',
  electorate: 'people in the electorate',
}

function majorityText(count: MajorityCount): readonly string[] {
  const { figures } = count
  const asides = [
    [figures.abstain, 'abstained'],
    [figures.blank, 'left blank'],
    [figures.spoilt, 'spoilt'],
  ] as const
  const rest = asides.flatMap(([n, word]) => (n === 0 ? [] : [`${votesText(BigInt(n), 0)} ${word}`]))
  const sides = `${votesText(BigInt(figures.for), 0)} for, ${votesText(BigInt(figures.against), 0)} against`
  const outcome = `${count.carried ? 'Carried' : 'Not carried'}: ${[sides, ...rest].join(', ')}.`
  return [
    outcome,
    ...count.conditions.map(({ condition, base, line, votes, margin, met }) => {
      const short = votesText(BigInt(margin < 0 ? -margin : margin), 0)
      const by = margin < 0 ? `${short} short` : margin === 0 ? 'met exactly' : `met with ${short} to spare`
      return `${needText(condition, base)}: the line is ${votesText(BigInt(line), 0)}, there were ${votesText(BigInt(votes), 0)}, ${by}.${met ? '' : ' Not met.'}`
    }),
  ]
}

function needText({ measure, comparison, need }: Condition, base: number | null): string {
  const what = measure === 'yes' ? 'Votes for' : 'Turnout'
  if (need.kind === 'number') return `${what} ${comparison} ${votesText(BigInt(need.number), 0)}`
  const { numerator, denominator } = need.share
  return `${what} ${comparison} ${numerator}/${denominator} of ${votesText(BigInt(base ?? 0), 0)} ${baseWords[need.of]}`
}
