import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { approvalElections } from '../../testing/approvals.ts'
import { anyElections, runs } from '../../testing/arbitrary.ts'
import { budgets } from '../../testing/budgets.ts'
import { valueOf } from '../../testing/value.ts'
import {
  accountOf,
  countBudget,
  countCommittee,
  countErs97,
  countMeekReference,
  countPairs,
  countScottish,
  english,
  welsh,
  type Account,
  type Count,
  type Subject,
} from '../index.ts'

/** `1,204.50` or `381.73105` as a whole number of its last decimal. */
const unitsOf = (text: string): bigint => BigInt(text.replace(/[,.]/g, ''))
const subjectOf = (names: readonly string[], seats: number, withdrawn: readonly number[] = []): Subject => ({
  title: '',
  names,
  withdrawn,
  seats,
  moneyPlaces: 0,
})

/** What the flow of a stage brings an end, less what it takes. */
const gained = (account: Account, stage: number, end: string): bigint =>
  (account.stages[stage]?.flow ?? []).reduce(
    (sum, { from, to, exact }) => sum + (to === end ? unitsOf(exact) : 0n) - (from === end ? unitsOf(exact) : 0n),
    0n,
  )

describe('the flow is the difference of the table', () => {
  it('of transferable votes: candidates row by row, and what is no longer anybody’s', () => {
    fc.assert(
      fc.property(anyElections, fc.constantFrom(countScottish, countMeekReference, countErs97), ({ profile, lot }, method) => {
        const count = valueOf(method(profile, lot))
        const subject = subjectOf(profile.candidates, profile.seats, profile.withdrawn)
        for (const words of [english, welsh]) {
          const account = accountOf(count, subject, words)
          const { common, flow } = words.phrases
          const [table] = account.tables
          const cells = (name: string): readonly string[] =>
            table?.rows.find((row) => row.name === name)?.cells.map((cell) => cell ?? '0') ?? []
          for (let stage = 1; stage < account.stages.length; stage++) {
            const change = (name: string): bigint => {
              const row = cells(name)
              const zero = '0'.repeat(count.places + 1)
              const at = (k: number): bigint => unitsOf(row[k] === '0' ? zero : (row[k] ?? zero))
              return at(stage) - at(stage - 1)
            }
            for (const { option, name } of table?.rows ?? [])
              if (option !== null) expect(gained(account, stage, name)).toBe(change(name))
            const gone = gained(account, stage, flow.ends['non-transferable']) + gained(account, stage, flow.ends.lost)
            expect(gone).toBe(change(common.headings['non-transferable']))
            expect(change(common.headings.total)).toBe(0n)
          }
        }
      }),
      runs(60),
    )
  })
  it('of budgets: the money left, project by project', () => {
    fc.assert(
      fc.property(budgets, ({ profile, lot }) => {
        const constraints = { leastVotes: 0, exclusive: [] }
        const count = valueOf(countBudget('greedy-budget@1', { rankBy: 'votes', ifTooDear: 'skip', constraints }, profile, lot))
        const account = accountOf(
          count,
          subjectOf(
            profile.projects.map(({ id }) => id),
            1,
          ),
          english,
        )
        const left = account.tables.find(({ id }) => id === 'steps')?.rows.map(({ cells }) => unitsOf(cells.at(-1) ?? '')) ?? []
        expect(left.length).toBe(account.stages.length)
        for (const [stage, now] of left.entries())
          if (stage > 0) expect(gained(account, stage, 'Money left')).toBe(now - (left[stage - 1] ?? 0n))
        expect(left.at(-1)).toBe(count.left)
      }),
      runs(100),
    )
  })
})

describe('an account of any count', () => {
  const accounts = fc.oneof(
    anyElections.map(({ profile, lot }): [Count, Subject] => [
      valueOf(countScottish(profile, lot)),
      subjectOf(profile.candidates, profile.seats, profile.withdrawn),
    ]),
    anyElections
      .filter(({ profile }) => profile.withdrawn.length < profile.candidates.length)
      .map(({ profile, lot }): [Count, Subject] => [
        valueOf(countPairs('schulze@1', { unranked: 'last', strength: 'margins' }, profile, lot)),
        subjectOf(profile.candidates, 1, profile.withdrawn),
      ]),
    approvalElections.map(({ profile, lot }): [Count, Subject] => [
      valueOf(countCommittee('sequential-phragmen@1', profile, lot)),
      subjectOf(profile.candidates, profile.seats),
    ]),
  )
  it('has a standing for everybody, a reason for each who was not chosen, bars within their scale, and survives as JSON', () => {
    fc.assert(
      fc.property(accounts, fc.constantFrom(english, welsh), ([count, subject], words) => {
        const account = accountOf(count, subject, words)
        expect(JSON.parse(JSON.stringify(account))).toEqual(account)
        expect(account.options.map(({ option }) => option).toSorted((a, b) => a - b)).toEqual(subject.names.map((_, c) => c))
        for (const { option, chosen, whyNot, standing } of account.options) {
          expect(standing).not.toBe('')
          const told = chosen || subject.withdrawn.includes(option)
          if (told) expect(whyNot).toBeNull()
          else expect(whyNot).toMatch(/\.$/)
        }
        expect(account.stages.length).toBeGreaterThan(0)
        for (const { text, bars, line } of account.stages) {
          expect(text).toMatch(/^\S.*\.$/)
          expect(text).not.toMatch(/undefined|NaN|\bnull\b/)
          for (const { share } of [...bars, ...(line === null ? [] : [line])]) {
            expect(Number.isInteger(share)).toBe(true)
            expect(share >= 0 && share <= 1000).toBe(true)
          }
        }
        for (const { headings, rows } of account.tables)
          for (const { cells } of rows) expect(cells.length).toBe(headings.length - 1)
      }),
      runs(150),
    )
  })
  it('both languages say the same figures', () => {
    const figures = (text: string): readonly string[] => (text.match(/\d[\d,.]*\d|\d/g) ?? []).toSorted()
    fc.assert(
      fc.property(accounts, ([count, subject]) => {
        const [en, cy] = [accountOf(count, subject, english), accountOf(count, subject, welsh)]
        // A lone candidate is "one" in English and "1" in Welsh: only longer figures are compared.
        const long = (texts: readonly string[]): readonly string[] => texts.flatMap(figures).filter((f) => f.length > 1)
        const told = (a: Account): readonly string[] =>
          long([...a.stages.map(({ text }) => text), ...a.options.map((o) => o.whyNot ?? '')])
        expect(new Set(told(cy))).toEqual(new Set(told(en)))
      }),
      runs(80),
    )
  })
})

describe('bars', () => {
  it('share one scale over all stages of a transferable vote, and the line lies on it', () => {
    const profile = {
      title: '',
      candidates: ['A', 'B'],
      withdrawn: [],
      seats: 1,
      papers: [
        { weight: 6, ranking: [0] },
        { weight: 2, ranking: [1] },
      ],
    }
    const account = accountOf(valueOf(countScottish(profile, null)), subjectOf(['A', 'B'], 1), english)
    expect(account.stages[0]?.bars).toEqual([
      { option: 0, name: 'A', figure: '6', exact: '6.00000', share: 1000, state: 'chosen' },
      { option: 1, name: 'B', figure: '2', exact: '2.00000', share: 333, state: 'in' },
      { option: null, name: 'Non-transferable', figure: '0', exact: '0.00000', share: 0, state: 'aside' },
    ])
    expect(account.stages[0]?.line).toEqual({ name: 'Quota', figure: '5', share: 833 })
  })
})
