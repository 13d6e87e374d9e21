import { fraction, type Fraction } from '@quorate/kernel'
import type { GradeCount } from '../grades/grading.ts'
import type { Judgment } from '../grades/majority-judgment.ts'
import type { StarTie } from '../grades/star.ts'
import { fractionText, wholeText } from '../words/figures.ts'
import type { Phrases } from '../words/phrases.ts'
import { namedBy } from '../words/tell-stv.ts'
import type { Account, AccountOption, AccountTable, Subject } from './account.ts'
import { drawn, type Drawn } from './bars.ts'

type Teller = {
  readonly count: GradeCount
  readonly say: Phrases
  readonly name: (c: number) => string
  readonly seats: number
}
type Step = { readonly text: string; readonly bars: readonly Drawn[] }
type Told = { readonly steps: readonly Step[]; readonly tables: readonly AccountTable[]; readonly why: (c: number) => string }

/** A vote by grades told. */
export function gradesAccount(count: GradeCount, subject: Subject, say: Phrases): Account {
  const { common } = say
  const name = namedBy(say, subject.names)
  const told = toldOf({ count, say, name, seats: subject.seats })
  const lot = common.byLot(count.tied.map(name), count.elected.filter((c) => count.tied.includes(c)).map(name))
  const byStar = count.evidence.kind === 'star'
  const steps = count.tied.length === 0 || byStar ? told.steps : [...told.steps, { text: lot, bars: [] }]
  const rest = count.ranking.flat().filter((c) => !count.elected.includes(c))
  return {
    language: say.language,
    kind: count.kind,
    method: count.method,
    title: subject.title,
    profileHash: count.profileHash,
    headline: common.elected(count.elected.map(name), 0),
    facts: [
      { name: common.headings.seats, value: wholeText(subject.seats) },
      { name: common.headings.papers, value: wholeText(count.papers) },
    ],
    options: [...count.elected, ...rest].map((c): AccountOption => {
      const chosen = count.elected.includes(c)
      const place = count.ranking.findIndex((level) => level.includes(c)) + 1
      return {
        option: c,
        name: name(c),
        chosen,
        standing: chosen ? common.standing.chosen : byStar ? common.standing['not chosen'] : common.standing.placed(place),
        whyNot: chosen ? null : count.tied.includes(c) && !byStar ? lot : told.why(c),
      }
    }),
    stages: steps.map(({ text, bars }, i) => ({
      number: i + 1,
      heading: common.stage(i + 1),
      text,
      clauses: [],
      ...drawn(bars, null),
      flow: [],
    })),
    tables: told.tables,
    lot: count.lotOrder === null || count.tied.length === 0 ? null : common.list(count.lotOrder.map(name)),
  }
}

function toldOf(teller: Teller): Told {
  const { count, say } = teller
  const { evidence } = count
  switch (evidence.kind) {
    case 'scores': {
      const totals = evidence.scores.map(({ total }) => total)
      const short = evidence.scores.flatMap(({ total }, c) => (total === null ? [c] : []))
      const told = byFigure(teller, totals, say.grades.added(count.papers, count.elected.map(teller.name)))
      const [first] = told.steps
      const left = short.length === 0 ? '' : ` ${say.grades.tooFew(short.map(teller.name))}`
      return {
        ...told,
        steps: first === undefined ? [] : [{ ...first, text: `${first.text}${left}` }],
        why: (c) =>
          totals[c] === null ? say.grades.graderShort(teller.name(c), wholeText(evidence.scores[c]?.graders ?? 0)) : told.why(c),
      }
    }
    case 'points':
      return byFigure(
        teller,
        evidence.points.map((n) => fraction(n)),
        say.grades.pointsCounted(count.papers - evidence.overspent, evidence.overspent),
      )
    case 'star':
      return starTold(teller, evidence)
    case 'judgments':
      return judgmentTold(teller, evidence)
  }
}

/** Methods that give everybody one figure, the highest first. */
function byFigure({ count, say, name }: Teller, figures: readonly (Fraction | null)[], text: string): Told {
  const { common, grades } = say
  const figure = (c: number): string => {
    const value = figures[c] ?? null
    return value === null ? '–' : fractionText(value)
  }
  const last = count.elected.at(-1) ?? 0
  const order = count.ranking.flat()
  return {
    steps: [
      {
        text,
        bars: order.map((c) => ({
          option: c,
          name: name(c),
          value: figures[c] ?? fraction(0),
          state: count.elected.includes(c) ? 'chosen' : 'in',
          figure: figure(c),
        })),
      },
    ],
    tables: [
      {
        id: 'ranking',
        caption: common.captions.ranking,
        headings: [common.headings.candidate, common.headings.points],
        rows: order.map((c) => ({ option: c, name: name(c), chosen: count.elected.includes(c), cells: [figure(c)] })),
      },
    ],
    why: (c) => grades.behind(name(c), figure(c), name(last), figure(last)),
  }
}

function starTold({ count, say, name }: Teller, run: Extract<GradeCount['evidence'], { kind: 'star' }>): Told {
  const { common, grades } = say
  const { sums, finalists, runoff, ties, winner } = run
  const sum = (c: number): string => wholeText(sums[c] ?? 0)
  const tieText = ({ where, tied, by, left }: StarTie): string => grades.starTie(where, tied.map(name), by, left.map(name))
  const [first = winner, second] = finalists
  const all = sums.map((_, c) => c).toSorted((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0))
  const scored: Step = {
    text: [
      grades.finalists(name(first), second === undefined ? null : name(second), finalists.map(sum)),
      ...ties.filter(({ where }) => where === 'scores').map(tieText),
    ].join(' '),
    bars: all.map((c) => ({
      option: c,
      name: name(c),
      value: fraction(sums[c] ?? 0),
      state: finalists.includes(c) ? 'chosen' : 'in',
    })),
  }
  if (second === undefined) return { steps: [scored], tables: [sumTable()], why: () => '' }
  const [forFirst, forSecond, alike] = runoff
  const loser = winner === first ? second : first
  const runoffText = grades.runoff(
    name(first),
    name(second),
    wholeText(forFirst),
    wholeText(forSecond),
    wholeText(alike),
    name(winner),
  )
  const settled = ties.filter(({ where }) => where === 'runoff').map(tieText)
  const decided: Step = {
    text: [runoffText, ...settled].join(' '),
    bars: [
      { option: first, name: name(first), value: fraction(forFirst), state: winner === first ? 'chosen' : 'out' },
      { option: second, name: name(second), value: fraction(forSecond), state: winner === second ? 'chosen' : 'out' },
      { option: null, name: common.headings.none, value: fraction(alike), state: 'aside' },
    ],
  }
  const lowest = (sums[first] ?? 0) < (sums[second] ?? 0) ? first : second
  return {
    steps: [scored, decided],
    tables: [sumTable()],
    why: (c) => (c === loser ? [runoffText, ...settled].join(' ') : whyNotFinalist(c)),
  }
  function whyNotFinalist(c: number): string {
    const tie = ties.find(({ where, tied, left }) => where === 'scores' && tied.includes(c) && !left.includes(c))
    const text = grades.notFinalist(name(c), sum(c), name(lowest), sum(lowest))
    return tie === undefined ? text : `${text} ${tieText(tie)}`
  }
  function sumTable(): AccountTable {
    return {
      id: 'ranking',
      caption: common.captions.ranking,
      headings: [common.headings.candidate, common.headings.points],
      rows: all.map((c) => ({ option: c, name: name(c), chosen: count.elected.includes(c), cells: [sum(c)] })),
    }
  }
}

function judgmentTold({ count, say, name }: Teller, found: Extract<GradeCount['evidence'], { kind: 'judgments' }>): Told {
  const { common, grades } = say
  const { judgments, partings } = found
  const order = count.ranking.flat()
  // Counts of papers begin at the lowest grade of the scale, which a majority grade and its place among them give.
  const graded = judgments.find((judgment) => judgment.median !== null)
  const bottom = graded === undefined ? 0 : (graded.median ?? 0) - medianIndex(graded)
  const gradeAt = (place: number): string => wholeText(bottom + place)
  const median = (c: number): number | null => judgments[c]?.median ?? null
  const medianText = (c: number): string | null => {
    const grade = median(c)
    return grade === null ? null : wholeText(grade)
  }
  const levels = [...new Set(order.map(median))]
  const texts = levels.flatMap((level) =>
    level === null ? [] : [grades.median(order.filter((c) => median(c) === level).map(name), wholeText(level))],
  )
  const parted = partings.map(({ between: [a, b], taken, medians }) =>
    grades.parted(name(a), name(b), wholeText(taken), medians === null ? null : [gradeAt(medians[0]), gradeAt(medians[1])]),
  )
  const last = count.elected.at(-1) ?? 0
  const scale = judgments[order[0] ?? 0]?.papers ?? []
  return {
    steps: [
      {
        text: [grades.medians(count.papers), ...texts, ...parted].join(' '),
        bars: order.map((c) => ({
          option: c,
          name: name(c),
          value: fraction(median(c) ?? 0),
          state: count.elected.includes(c) ? 'chosen' : 'in',
          figure: medianText(c) ?? '–',
        })),
      },
    ],
    tables: [
      {
        id: 'grades',
        caption: common.captions.grades,
        headings: [common.headings.candidate, ...scale.map((_, i) => wholeText(bottom + i)), common.headings.grade],
        rows: order.map((c) => ({
          option: c,
          name: name(c),
          chosen: count.elected.includes(c),
          cells: [...(judgments[c]?.papers ?? []).map((n) => wholeText(n)), medianText(c)],
        })),
      },
    ],
    why: (c) => {
      const behind = grades.medianBehind(name(c), medianText(c), name(last), medianText(last))
      const parting = partings.find(({ between: [a, b] }) => b === c && median(a) === median(c))
      return parting === undefined || median(c) !== median(last)
        ? behind
        : `${behind} ${grades.parted(name(parting.between[0]), name(c), wholeText(parting.taken), parting.medians === null ? null : [gradeAt(parting.medians[0]), gradeAt(parting.medians[1])])}`
    },
  }
}

/** Place of the majority grade among a candidate's counts: the lower of the two middle papers. */
function medianIndex({ papers }: Judgment): number {
  const total = papers.reduce((sum, n) => sum + n, 0)
  let below = 0
  for (const [grade, n] of papers.entries()) {
    below += n
    if (2 * below >= total) return grade
  }
  return 0
}
