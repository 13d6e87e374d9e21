import { fraction } from '@quorate/kernel'
import type { CommitteeCount, CommitteeStep } from '../committee/committee.ts'
import { fractionText, wholeText } from '../words/figures.ts'
import type { Phrases, StepFigure } from '../words/phrases.ts'
import { namedBy } from '../words/tell-stv.ts'
import type { Account, AccountOption, AccountStage, AccountTable, Subject } from './account.ts'
import { drawn, type Drawn } from './bars.ts'

type Teller = { readonly count: CommitteeCount; readonly say: Phrases; readonly name: (c: number) => string }

const removing = (count: CommitteeCount): boolean => count.method === 'reverse-sequential-pav@1'
/** Rules that look at every candidate alone. */
const alone = (count: CommitteeCount): boolean => count.method === 'approval@1' || count.method === 'satisfaction-approval@1'

/** A committee election told. */
export function committeeAccount(count: CommitteeCount, subject: Subject, say: Phrases): Account {
  const { common } = say
  const teller = { count, say, name: namedBy(say, subject.names) }
  const { name } = teller
  const support = (c: number): number => count.support[c] ?? 0
  const rest = count.support
    .map((_, c) => c)
    .filter((c) => !count.elected.includes(c))
    .toSorted((a, b) => support(b) - support(a))
  const byLot = count.committees.length > 1 || count.steps.some(({ tied }) => tied.length > 1)
  return {
    language: say.language,
    kind: count.kind,
    method: count.method,
    title: subject.title,
    profileHash: count.profileHash,
    headline: common.elected(count.elected.map(name), count.seats - count.elected.length),
    facts: [
      { name: common.headings.seats, value: wholeText(count.seats) },
      { name: common.headings.papers, value: wholeText(count.papers) },
    ],
    options: [...count.elected, ...rest].map((c): AccountOption => {
      const chosen = count.elected.includes(c)
      return {
        option: c,
        name: name(c),
        chosen,
        standing: chosen ? common.standing.chosen : common.standing['not chosen'],
        whyNot: chosen ? null : whyNot(teller, c),
      }
    }),
    stages: stagesOf(teller, [...count.elected, ...rest]),
    tables: tablesOf(teller, [...count.elected, ...rest]),
    lot: count.lotOrder === null || !byLot ? null : common.list(count.lotOrder.map(name)),
  }
}

function stagesOf({ count, say, name }: Teller, order: readonly number[]): readonly AccountStage[] {
  const { common, committee } = say
  const bars = (done: ReadonlySet<number>, now: number | null): readonly Drawn[] =>
    order.map((c) => ({
      option: c,
      name: name(c),
      value: fraction(count.support[c] ?? 0),
      state: done.has(c) || c === now ? (removing(count) ? 'out' : 'chosen') : 'in',
    }))
  const first = [
    committee.approvals(count.papers),
    ...(alone(count)
      ? [committee.most(count.elected.map(name))]
      : count.steps.length === 0
        ? [committee.best(count.committees.length)]
        : []),
  ]
  const texts: { readonly text: string; readonly bars: readonly Drawn[] }[] = [
    { text: first.join(' '), bars: bars(new Set(count.steps.length === 0 ? count.elected : []), null) },
  ]
  const done = new Set<number>()
  for (const [i, step] of count.steps.entries()) {
    texts.push({ text: stepText(i + 1, step, { count, say, name }), bars: bars(done, step.chosen) })
    done.add(step.chosen)
  }
  if (count.committees.length > 1)
    texts.push({
      text: `${committee.tiedCommittees(count.committees.length)} ${common.elected(count.elected.map(name), 0)}`,
      bars: bars(new Set(count.elected), null).map((bar) => ({
        ...bar,
        state: count.elected.includes(bar.option ?? -1) ? 'chosen' : 'in',
      })),
    })
  return texts.map((stage, i) => ({
    number: i + 1,
    heading: common.stage(i + 1),
    text: stage.text,
    clauses: [],
    ...drawn(stage.bars, null),
    flow: [],
  }))
}

function stepText(number: number, step: CommitteeStep, { count, say, name }: Teller): string {
  const others = step.tied.filter((c) => c !== step.chosen).map(name)
  const figure = step.figure === null ? null : { kind: figureKind(count), text: fractionText(step.figure) }
  const phrase = removing(count) ? say.committee.removed : say.committee.taken
  return phrase(number, name(step.chosen), figure, others)
}

/** What the figures of a rule's steps are. */
function figureKind({ method }: CommitteeCount): StepFigure['kind'] {
  if (method.endsWith('sequential-phragmen@1')) return 'load'
  return /^(?:reverse-)?sequential-/.test(method) ? 'points' : 'figure'
}

function whyNot({ count, say, name }: Teller, c: number): string {
  const { committee } = say
  const support = (who: number): number => count.support[who] ?? 0
  const on = count.committees.filter((members) => members.includes(c)).length
  const lot = on === 0 ? '' : ` ${committee.whyLot(name(c), on, count.committees.length)}`
  if (count.method === 'approval@1') {
    const least = count.elected.reduce((low, who) => (support(who) < support(low) ? who : low), count.elected[0] ?? 0)
    return `${committee.whySupport(name(c), support(c), name(least), support(least))}${lot}`
  }
  if (removing(count)) {
    const at = count.steps.findIndex(({ chosen }) => chosen === c)
    return `${committee.whyRemoved(name(c), at + 1, support(c))}${lot}`
  }
  if (count.steps.length === 0)
    return on === 0 ? committee.whyNoCommittee(name(c), support(c), count.committees.length) : lot.trim()
  const tiedAt = count.steps.findIndex(({ tied }) => tied.includes(c))
  const step = count.steps[tiedAt]
  const text = step === undefined ? '' : ` ${committee.whyTiedAt(name(c), tiedAt + 1, name(step.chosen))}`
  return `${committee.whyStepwise(name(c), support(c), count.steps.length)}${text}`
}

function tablesOf({ count, say, name }: Teller, order: readonly number[]): readonly AccountTable[] {
  const { common } = say
  const approvals: AccountTable = {
    id: 'approvals',
    caption: common.captions.approvals,
    headings: [common.headings.candidate, common.headings.votes],
    rows: order.map((c) => ({
      option: c,
      name: name(c),
      chosen: count.elected.includes(c),
      cells: [wholeText(count.support[c] ?? 0)],
    })),
  }
  if (count.steps.length === 0) return [approvals]
  const steps: AccountTable = {
    id: 'steps',
    caption: common.captions.steps,
    headings: [common.headings.candidate, common.headings.step, common.headings.figure, common.headings.tied],
    rows: count.steps.map(({ chosen, figure, tied }, i) => ({
      option: chosen,
      name: name(chosen),
      chosen: count.elected.includes(chosen),
      cells: [
        wholeText(i + 1),
        figure === null ? null : fractionText(figure),
        tied.length < 2
          ? null
          : tied
              .filter((c) => c !== chosen)
              .map(name)
              .join(', '),
      ],
    })),
  }
  return [approvals, steps]
}
