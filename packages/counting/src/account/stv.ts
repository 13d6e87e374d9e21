import { fraction } from '@quorate/kernel'
import { decimalText, unitsPerVote } from '../arithmetic.ts'
import { flowOf, type FlowEnd } from '../report/flow.ts'
import { isShown, standings, tableOrder, whyNotElected, type Standing } from '../report/outcome.ts'
import type { Stage, StvCount, Votes } from '../trace.ts'
import { votesText, wholeText } from '../words/figures.ts'
import type { Phrases } from '../words/phrases.ts'
import { namedBy, notElectedText, stageText } from '../words/tell-stv.ts'
import type { Account, AccountOption, AccountRow, AccountStage, AccountTable, BarState, Subject } from './account.ts'
import { drawn } from './bars.ts'

/** A transferable vote told. */
export function stvAccount(count: StvCount, subject: Subject, say: Phrases): Account {
  const { common } = say
  const ends = standings(count, subject.withdrawn)
  const order = tableOrder(count, subject.withdrawn)
  const name = namedBy(say, subject.names)
  const moving = new Set(count.stages.map(({ quota }) => quota)).size > 1
  const first = count.stages[0]?.quota ?? count.quota
  const bare = (v: Votes): string => votesText(v, count.places)
  return {
    language: say.language,
    kind: count.kind,
    method: count.method,
    title: subject.title,
    profileHash: count.profileHash,
    headline: common.elected(count.elected.map(name), count.unfilled),
    facts: [
      { name: common.headings.seats, value: wholeText(count.seats) },
      { name: common.headings.valid, value: wholeText(count.valid) },
      ...(count.invalid === 0 ? [] : [{ name: common.headings.blank, value: wholeText(count.invalid) }]),
      { name: common.headings[lineOf(count)], value: moving ? `${bare(first)} → ${bare(count.quota)}` : bare(count.quota) },
    ],
    options: order.map((c): AccountOption => {
      const why = whyNotElected(count, c, subject.withdrawn)
      return {
        option: c,
        name: name(c),
        chosen: ends[c]?.kind === 'elected',
        standing: standingText(say, ends[c]),
        whyNot: why === null ? null : notElectedText(say, why, count, subject.names),
      }
    }),
    stages: count.stages.map((stage) => stageOf(count, stage, { ends, order, name }, say, subject.names)),
    tables: [tableOf(count, { ends, order, name }, say, moving)],
    lot: count.lotOrder === null || count.lots.length === 0 ? null : common.list(count.lotOrder.map(name)),
  }
}

/** How somebody's count ended, in a few words. */
function standingText({ common }: Phrases, end: Standing | undefined): string {
  if (end === undefined || end.kind === 'withdrawn') return common.standing.withdrawn
  if (end.kind === 'elected') return common.standing.elected(end.stage, end.atQuota)
  return end.kind === 'excluded' ? common.standing.excluded(end.stage) : common.standing['not reached']
}

/** What the line is called: a quota, or the majority of an instant runoff. */
const lineOf = ({ method }: StvCount): 'quota' | 'majority' => (method === 'irv@1' ? 'majority' : 'quota')

type People = {
  readonly ends: readonly Standing[]
  readonly order: readonly number[]
  readonly name: (c: number) => string
}

/** Of somebody who did not withdraw: those have no bar. */
function stateAt(end: Standing | undefined, stage: number): BarState {
  if (end?.kind === 'elected') return end.stage <= stage ? 'chosen' : 'in'
  return end?.kind === 'excluded' && end.stage <= stage ? 'out' : 'in'
}

function stageOf(count: StvCount, stage: Stage, people: People, say: Phrases, names: readonly string[]): AccountStage {
  const { common, flow } = say
  const { ends, order, name } = people
  const unit = unitsPerVote(count.places)
  const value = (votes: Votes) => fraction(votes, unit)
  const texts = (votes: Votes) => ({ figure: votesText(votes, count.places), exact: decimalText(votes, count.places) })
  // All stages share one scale: the most anybody ever has, or the quota.
  const most = count.stages.flatMap(({ totals, quota }) => [...totals, quota]).reduce((top, v) => (v > top ? v : top), 0n)
  const aside = stage.nonTransferable + stage.lost
  const bars = [
    ...order
      .filter((c) => ends[c]?.kind !== 'withdrawn')
      .map((c) => ({
        option: c,
        name: name(c),
        value: value(stage.totals[c] ?? 0n),
        state: stateAt(ends[c], stage.number),
        ...texts(stage.totals[c] ?? 0n),
      })),
    { option: null, name: common.headings['non-transferable'], value: value(aside), state: 'aside' as const, ...texts(aside) },
  ]
  const line = { name: common.headings[lineOf(count)], value: value(stage.quota), figure: votesText(stage.quota, count.places) }
  const endName = (end: FlowEnd): string => (typeof end === 'number' ? name(end) : flow.ends[end])
  // The heading stands apart here.
  const text = stageText(say, count, stage.number, names)
  const lead = say.stv.stage(stage.number, '')
  return {
    number: stage.number,
    heading: common.stage(stage.number),
    text: text.startsWith(lead) ? text.slice(lead.length) : text,
    clauses: [...new Set(stage.acts.map(({ clause }) => clause))],
    ...drawn(bars, line, value(most)),
    flow: flowOf(count, stage.number).map(({ from, to, amount }) => ({ from: endName(from), to: endName(to), ...texts(amount) })),
  }
}

function tableOf(count: StvCount, { ends, order, name }: People, { common }: Phrases, moving: boolean): AccountTable {
  const text = (votes: Votes): string => decimalText(votes, count.places)
  const row = (label: string, cell: (stage: Stage) => string): AccountRow => ({
    option: null,
    name: label,
    chosen: false,
    cells: count.stages.map(cell),
  })
  return {
    id: 'stages',
    caption: common.captions.stages,
    headings: [common.headings.candidate, ...count.stages.map(({ number }) => common.stage(number))],
    rows: [
      ...order.map((c): AccountRow => ({
        option: c,
        name: name(c),
        chosen: ends[c]?.kind === 'elected',
        cells: count.stages.map((stage) => (isShown(ends[c], stage, c) ? text(stage.totals[c] ?? 0n) : null)),
      })),
      row(common.headings['non-transferable'], ({ nonTransferable, lost }) => text(nonTransferable + lost)),
      row(common.headings.total, (stage) =>
        text(stage.totals.reduce((sum, votes) => sum + votes, stage.nonTransferable + stage.lost)),
      ),
      ...(moving ? [row(common.headings[lineOf(count)], ({ quota }) => text(quota))] : []),
    ],
  }
}
