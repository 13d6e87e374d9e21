import { fraction } from '@quorate/kernel'
import { winOf, type Win } from '../pairwise/matrix.ts'
import type { PairwiseCount } from '../pairwise/pairwise.ts'
import { fractionText, wholeText } from '../words/figures.ts'
import type { Phrases } from '../words/phrases.ts'
import { namedBy } from '../words/tell-stv.ts'
import type { Account, AccountOption, AccountStage, AccountTable, Subject } from './account.ts'
import { drawn, type Drawn } from './bars.ts'

type Teller = {
  readonly count: PairwiseCount
  readonly say: Phrases
  readonly name: (c: number) => string
  readonly standing: readonly number[]
}

/** A comparison in pairs told. */
export function pairsAccount(count: PairwiseCount, subject: Subject, say: Phrases): Account {
  const { common } = say
  const name = namedBy(say, subject.names)
  const standing = count.ranking.flat().toSorted((a, b) => a - b)
  const teller = { count, say, name, standing }
  const ranked = [count.elected, ...count.ranking.flat().filter((c) => c !== count.elected)]
  return {
    language: say.language,
    kind: count.kind,
    method: count.method,
    title: subject.title,
    profileHash: count.profileHash,
    headline: common.elected([name(count.elected)], 0),
    facts: [
      { name: common.headings.valid, value: wholeText(count.valid) },
      ...(count.blank === 0 ? [] : [{ name: common.headings.blank, value: wholeText(count.blank) }]),
    ],
    options: [
      ...ranked.map((c): AccountOption => {
        const place = count.ranking.findIndex((level) => level.includes(c)) + 1
        const chosen = c === count.elected
        return {
          option: c,
          name: name(c),
          chosen,
          standing: chosen ? common.standing.chosen : common.standing.placed(place),
          whyNot: chosen ? null : whyNot(teller, c),
        }
      }),
      ...subject.withdrawn.map((c) => ({
        option: c,
        name: name(c),
        chosen: false,
        standing: common.standing.withdrawn,
        whyNot: null,
      })),
    ],
    stages: stagesOf(teller),
    tables: tablesOf(teller),
    lot: count.lotOrder === null || count.tied.length === 0 ? null : common.list(count.lotOrder.map(name)),
  }
}

const winText = ({ say, name }: Teller, win: Win): string =>
  say.pairs.win({ winner: name(win.winner), loser: name(win.loser), for: wholeText(win.for), against: wholeText(win.against) })

function stagesOf(teller: Teller): readonly AccountStage[] {
  const { count, say, name, standing } = teller
  const { pairs, common } = say
  const beaten = (c: number): number => standing.filter((other) => winOf(count.preferences, c, other) !== null).length
  const first = [
    pairs.compared(count.valid, count.blank),
    count.condorcetWinner === null ? pairs.nobodyBeatsAll : pairs.beatsAll(name(count.condorcetWinner)),
  ]
  const rule = ruleOf(teller)
  const steps: { readonly text: string; readonly bars: readonly Drawn[] }[] = [
    {
      text: first.join(' '),
      bars: standing.map((c) => ({
        option: c,
        name: name(c),
        value: fraction(beaten(c)),
        state: c === count.condorcetWinner ? 'chosen' : 'in',
      })),
    },
    rule,
  ]
  if (count.tied.length > 0) {
    const chosen = [name(count.elected)]
    steps.push({
      text: common.byLot(count.tied.map(name), chosen),
      bars: [],
    })
  }
  return steps.map(({ text, bars }, i) => ({
    number: i + 1,
    heading: common.stage(i + 1),
    text,
    clauses: [],
    ...drawn(bars, null),
    flow: [],
  }))
}

/** What the method itself did with the table of pairs. */
function ruleOf(teller: Teller): { readonly text: string; readonly bars: readonly Drawn[] } {
  const { count, say, name, standing } = teller
  const { pairs } = say
  const { evidence } = count
  const winners = count.winners ?? count.ranking[0] ?? []
  const bars = (value: (c: number) => Drawn['value']): readonly Drawn[] =>
    standing.map((c) => ({ option: c, name: name(c), value: value(c), state: winners.includes(c) ? 'chosen' : 'in' }))
  switch (evidence.kind) {
    case 'paths':
      return { text: pairs.strongestChains(winners.map(name)), bars: [] }
    case 'locking': {
      const out = evidence.pairs.filter(({ locked }) => !locked).map(({ win }) => winText(teller, win))
      const locked = evidence.pairs.length - out.length
      return { text: `${pairs.locked(locked, out)} ${pairs.lockedTop((count.ranking[0] ?? []).map(name))}`, bars: [] }
    }
    case 'worst defeats': {
      const worst = (c: number): number => evidence.defeats[c] ?? 0
      const least = wholeText(worst(winners[0] ?? count.elected))
      return { text: pairs.worst(winners.map(name), least), bars: bars((c) => fraction(worst(c))) }
    }
    case 'points': {
      const points = (c: number) => evidence.points[c] ?? fraction(0)
      return {
        text: pairs.mostPoints(winners.map(name), fractionText(points(winners[0] ?? count.elected))),
        bars: bars(points),
      }
    }
    case 'schwartz': {
      const dropped = evidence.dropped.map(({ option, why, for: ahead, against }) =>
        why === 'quorum'
          ? pairs.droppedQuorum(name(option), wholeText(ahead))
          : pairs.droppedMajority(name(option), wholeText(ahead), wholeText(against)),
      )
      const rounds = evidence.rounds.map(({ set, droppedDefeats }) =>
        pairs.schwartz(
          set.map(name),
          droppedDefeats.map((win) => winText(teller, win)),
        ),
      )
      return { text: [...dropped, ...rounds].join(' '), bars: [] }
    }
  }
}

function whyNot(teller: Teller, c: number): string {
  const { count, say, name } = teller
  const { pairs, common } = say
  const w = count.elected
  const [ahead, behind] = [count.preferences[w]?.[c] ?? 0, count.preferences[c]?.[w] ?? 0]
  const [up, down] = ahead >= behind ? [w, c] : [c, w]
  const direct = pairs.oneToOne(
    name(up),
    name(down),
    wholeText(ahead >= behind ? ahead : behind),
    wholeText(ahead >= behind ? behind : ahead),
  )
  const lot = count.tied.includes(c) ? ` ${common.byLot(count.tied.map(name), [name(w)])}` : ''
  return `${ruleWhy(teller, c, direct)}${lot}`
}

function ruleWhy(teller: Teller, c: number, direct: string): string {
  const { count, say, name } = teller
  const { pairs } = say
  const { evidence, elected: w } = count
  switch (evidence.kind) {
    case 'paths': {
      const [there, back] = [evidence.paths[w]?.[c] ?? null, evidence.paths[c]?.[w] ?? null]
      // A winner need not have the stronger chain to everybody who did not win: somebody else may.
      const level = (): string => `${pairs.level(name(c), name(w))} ${direct}`
      if (there === null) return level()
      const stronger =
        back === null ||
        (count.ranking.findIndex((l) => l.includes(w)) < count.ranking.findIndex((l) => l.includes(c)) &&
          (there.weakest.for !== back.weakest.for || there.weakest.against !== back.weakest.against))
      return stronger
        ? `${pairs.chain(name(w), name(c), winText(teller, there.weakest), back === null ? null : winText(teller, back.weakest))} ${direct}`
        : level()
    }
    case 'locking': {
      const chain = lockedChain(
        evidence.pairs.filter(({ locked }) => locked).map(({ win }) => win),
        w,
        c,
      )
      return chain.length === 0
        ? `${pairs.level(name(c), name(w))} ${direct}`
        : `${pairs.lockedAbove(
            name(w),
            name(c),
            chain.map((win) => winText(teller, win)),
          )} ${direct}`
    }
    case 'worst defeats': {
      const of = (who: number): string => wholeText(evidence.defeats[who] ?? 0)
      return `${pairs.worstOf(name(c), of(c), name(w), of(w))} ${direct}`
    }
    case 'points': {
      const of = (who: number): string => fractionText(evidence.points[who] ?? fraction(0))
      return `${pairs.pointsOf(name(c), of(c), name(w), of(w))} ${direct}`
    }
    case 'schwartz': {
      const dropped = evidence.dropped.find(({ option }) => option === c)
      if (dropped !== undefined)
        return dropped.why === 'quorum'
          ? pairs.droppedQuorum(name(c), wholeText(dropped.for))
          : pairs.droppedMajority(name(c), wholeText(dropped.for), wholeText(dropped.against))
      if (evidence.winners.includes(c)) return `${pairs.level(name(c), name(w))} ${direct}`
      return `${pairs.outsideSet(name(c), evidence.winners.map(name))} ${direct}`
    }
  }
}

/** The shortest chain of locked wins from one to another; empty when there is none. */
function lockedChain(wins: readonly Win[], from: number, to: number): readonly Win[] {
  const seen = new Set([from])
  let ends: readonly { readonly at: number; readonly chain: readonly Win[] }[] = [{ at: from, chain: [] }]
  while (ends.length > 0) {
    const next: { readonly at: number; readonly chain: readonly Win[] }[] = []
    for (const { at, chain } of ends)
      for (const win of wins) {
        if (win.winner !== at || seen.has(win.loser)) continue
        if (win.loser === to) return [...chain, win]
        seen.add(win.loser)
        next.push({ at: win.loser, chain: [...chain, win] })
      }
    ends = next
  }
  return []
}

function tablesOf({ count, say, name, standing }: Teller): readonly AccountTable[] {
  const { common } = say
  const { evidence, preferences } = count
  const square = (id: string, caption: string, cell: (a: number, b: number) => string | null): AccountTable => ({
    id,
    caption,
    headings: [common.headings.candidate, ...standing.map(name)],
    rows: standing.map((a) => ({
      option: a,
      name: name(a),
      chosen: a === count.elected,
      cells: standing.map((b) => (a === b ? null : cell(a, b))),
    })),
  })
  const pairs = square('pairs', common.captions.pairs, (a, b) => wholeText(preferences[a]?.[b] ?? 0))
  if (evidence.kind === 'paths') {
    const paths = square('paths', common.captions.paths, (a, b) => {
      const path = evidence.paths[a]?.[b] ?? null
      return path === null ? '–' : `${wholeText(path.weakest.for)}:${wholeText(path.weakest.against)}`
    })
    return [pairs, paths]
  }
  if (evidence.kind !== 'locking') return [pairs]
  const locking: AccountTable = {
    id: 'locking',
    caption: common.captions.locking,
    headings: [
      common.headings.winner,
      common.headings.loser,
      common.headings.for,
      common.headings.against,
      common.headings.locked,
    ],
    rows: evidence.pairs.map(({ win, locked }) => ({
      option: win.winner,
      name: name(win.winner),
      chosen: locked,
      cells: [name(win.loser), wholeText(win.for), wholeText(win.against), locked ? common.yes : common.no],
    })),
  }
  return [pairs, locking]
}
