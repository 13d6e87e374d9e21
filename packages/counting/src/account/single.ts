import { fraction, type Fraction } from '@quorate/kernel'
import type { BordaCount } from '../single/borda.ts'
import type { MarkCount, MarkFigures } from '../single/marks.ts'
import type { TwoRoundCount } from '../single/two-round.ts'
import { fractionText, wholeText } from '../words/figures.ts'
import type { Phrases } from '../words/phrases.ts'
import { namedBy } from '../words/tell-stv.ts'
import type { Account, AccountOption, AccountStage, AccountTable, Subject } from './account.ts'
import { drawn, type Drawn } from './bars.ts'

/** Marks or points of places added up, told. */
export function mostAccount(count: MarkCount | BordaCount, subject: Subject, say: Phrases): Account {
  const { common, single, grades } = say
  const name = namedBy(say, subject.names)
  const value = (c: number): Fraction =>
    count.kind === 'marks' ? fraction(count.votes[c] ?? 0) : (count.points[c] ?? fraction(0))
  const figure = (c: number): string => fractionText(value(c))
  const order = count.ranking.flat()
  const rest = order.filter((c) => !count.elected.includes(c))
  const kept = count.kind === 'marks' ? count.reserved : undefined
  const open = count.elected.filter((c) => kept?.places.includes(c) !== true)
  // Whoever is behind is behind the last of those whose place could have been theirs: on a place kept for others that is nobody.
  const fewer = (c: number): number | undefined => {
    const [own, free] = [kept?.members.includes(c) === true ? kept.places.at(-1) : undefined, open.at(-1)]
    return own === undefined || (free !== undefined && order.indexOf(free) > order.indexOf(own)) ? free : own
  }
  const lot = common.byLot(count.tied.map(name), count.elected.filter((c) => count.tied.includes(c)).map(name))
  const text =
    count.kind === 'marks'
      ? single.marks(count.valid, count.invalid.blank, count.invalid.tooFew, count.invalid.tooMany)
      : single.points(count.valid, count.blank)
  const bars: readonly Drawn[] = order.map((c) => ({
    option: c,
    name: name(c),
    value: value(c),
    state: count.elected.includes(c) ? 'chosen' : 'in',
  }))
  const ahead = count.elected.length === 0 ? '' : ` ${single.ahead(count.elected.map(name))}`
  const stages = [
    { text: `${text}${count.tied.length > 0 || kept !== undefined ? '' : ahead}`, bars, clauses: [] },
    ...(kept === undefined
      ? []
      : [{ text: single.kept(kept.places.map(name), kept.name, kept.clause, open.map(name)), bars: [], clauses: [kept.clause] }]),
    ...(count.tied.length > 0 ? [{ text: lot, bars: [], clauses: [] }] : []),
  ]
  const whyNot = (c: number): string => {
    if (count.tied.includes(c)) return lot
    const last = fewer(c)
    return last === undefined ? single.allKept(kept?.name ?? '') : grades.behind(name(c), figure(c), name(last), figure(last))
  }
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
    ],
    options: [
      ...[...count.elected, ...rest].map((c): AccountOption => {
        const chosen = count.elected.includes(c)
        const place = count.ranking.findIndex((level) => level.includes(c)) + 1
        return {
          option: c,
          name: name(c),
          chosen,
          standing: chosen ? common.standing.chosen : common.standing.placed(place),
          whyNot: chosen ? null : whyNot(c),
        }
      }),
      ...withdrawnOf(subject, say),
    ],
    stages: stages.map((stage, i) => ({ ...stageOf(say, i + 1, stage.text, stage.bars, null), clauses: stage.clauses })),
    tables: [
      tableOf(say, count.kind === 'marks' ? common.headings.votes : common.headings.points, order, (c) => [figure(c)], {
        name,
        chosen: (c) => count.elected.includes(c),
      }),
    ],
    lot: count.lotOrder === null || count.tied.length === 0 ? null : common.list(count.lotOrder.map(name)),
  }
}

const withdrawnOf = (subject: Subject, say: Phrases): readonly AccountOption[] =>
  subject.withdrawn.map((c) => ({
    option: c,
    name: namedBy(say, subject.names)(c),
    chosen: false,
    standing: say.common.standing.withdrawn,
    whyNot: null,
  }))

const stageOf = (
  { common }: Phrases,
  number: number,
  text: string,
  bars: readonly Drawn[],
  line: { readonly name: string; readonly value: Fraction } | null,
): AccountStage => ({ number, heading: common.stage(number), text, clauses: [], ...drawn(bars, line), flow: [] })

const tableOf = (
  { common }: Phrases,
  heading: string,
  order: readonly number[],
  cells: (c: number) => readonly (string | null)[],
  of: { readonly name: (c: number) => string; readonly chosen: (c: number) => boolean },
): AccountTable => ({
  id: 'ranking',
  caption: common.captions.ranking,
  headings: [common.headings.candidate, heading],
  rows: order.map((c) => ({ option: c, name: of.name(c), chosen: of.chosen(c), cells: cells(c) })),
})

/** Two rounds told; the second may be still to come. */
export function twoRoundAccount(count: TwoRoundCount, subject: Subject, say: Phrases): Account {
  const { common, single } = say
  const name = namedBy(say, subject.names)
  const standing = subject.names.map((_, c) => c).filter((c) => !subject.withdrawn.includes(c))
  const votesIn = (figures: MarkFigures, c: number): number => figures.votes[c] ?? 0
  const byVotes = (figures: MarkFigures, among: readonly number[]): readonly number[] =>
    among.toSorted((a, b) => votesIn(figures, b) - votesIn(figures, a) || a - b)
  const order = byVotes(count.first, standing)
  const { qualified, elected, second } = count
  const bars = (figures: MarkFigures, among: readonly number[], chosen: readonly number[]): readonly Drawn[] =>
    among.map((c) => ({
      option: c,
      name: name(c),
      value: fraction(votesIn(figures, c)),
      state: chosen.includes(c) ? 'chosen' : 'out',
    }))
  const votes = (figures: MarkFigures, c: number): string => common.votes(wholeText(votesIn(figures, c)))
  const { blank, tooFew, tooMany } = count.first.invalid
  const won = qualified.length === 0 && elected !== null
  const lotsOf = (round: 1 | 2): readonly string[] =>
    count.lots.flatMap((lot) => {
      const chosen = lot.tied.filter((c) => (round === 1 ? qualified.includes(c) : c === elected))
      return lot.round === round ? [common.byLot(lot.tied.map(name), chosen.map(name))] : []
    })
  const firstText = [
    single.marks(count.first.valid, blank, tooFew, tooMany),
    single.majority(wholeText(count.needed)),
    won ? single.wonAtOnce(name(elected), votes(count.first, elected)) : single.goOn(qualified.map(name)),
    ...(won || second !== null ? [] : [single.secondDue]),
    ...lotsOf(1),
  ].join(' ')
  const line = { name: common.headings.line, value: fraction(count.needed) }
  const stages = [stageOf(say, 1, firstText, bars(count.first, order, won ? [elected] : qualified), line)]
  const wonSecond =
    second === null || elected === null ? [] : [single.wonSecond(name(elected), votes(second, elected)), ...lotsOf(2)]
  if (second !== null && elected !== null)
    stages.push(stageOf(say, 2, wonSecond.join(' '), bars(second, byVotes(second, qualified), [elected]), null))
  const lowest = qualified.reduce((low, c) => (votesIn(count.first, c) < votesIn(count.first, low) ? c : low), qualified[0] ?? 0)
  const why = (c: number): string => {
    if (won) return single.wonAtOnce(name(elected), votes(count.first, elected))
    if (!qualified.includes(c)) {
      const notOn = single.notOn(name(c), votes(count.first, c), name(lowest), votes(count.first, lowest))
      const byLot = count.lots.some(({ round, tied }) => round === 1 && tied.includes(c)) ? lotsOf(1) : []
      return [notOn, ...byLot].join(' ')
    }
    return wonSecond.length === 0 ? single.isOn(name(c)) : wonSecond.join(' ')
  }
  return {
    language: say.language,
    kind: count.kind,
    method: count.method,
    title: subject.title,
    profileHash: count.profileHashes[0] ?? null,
    headline: elected === null ? single.undecided(qualified.map(name)) : common.elected([name(elected)], 0),
    facts: [
      { name: common.headings.valid, value: wholeText(count.first.valid) },
      { name: common.headings.line, value: wholeText(count.needed) },
    ],
    options: [
      ...order.map((c): AccountOption => {
        const chosen = c === elected
        return {
          option: c,
          name: name(c),
          chosen,
          standing: chosen ? common.standing.chosen : common.standing['not chosen'],
          whyNot: chosen ? null : why(c),
        }
      }),
      ...withdrawnOf(subject, say),
    ],
    stages,
    tables: [
      tableOf(say, common.headings.votes, order, (c) => [wholeText(votesIn(count.first, c))], {
        name,
        chosen: (c) => c === elected || qualified.includes(c),
      }),
    ],
    lot: count.lotOrder === null || count.lots.length === 0 ? null : common.list(count.lotOrder.map(name)),
  }
}
