import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryRulebook } from '../test/arbitrary-rulebook.ts'
import { crossedRulebook } from '../test/crossed-rulebooks.ts'
import { dice } from '../test/dice.ts'
import { asked, seeded, timeAllowed } from '../test/how-often.ts'
import { at, editionsOf, parsed } from '../test/lantern.ts'
import { playRandomly, type Tried } from '../test/random-acts.ts'
import { playDecision } from '../test/random-decisions.ts'
import { idOf } from './language/model.ts'
import { due, emptyState, evolve, lint, words, type Event, type Rulebook, type State } from './index.ts'
import { wordsLocales, type WordsLocale } from './words/words.ts'

const runs = 1000
const start = at('2026-03-01 12:00')
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 })
const counts = { rulebooks: 0, 'acts permitted': 0, refusals: 0, events: 0 }
const changes = { rules: 0 }

/** Plays both kinds of history under a rulebook and holds every answer to the laws. */
function lawful(book: Rulebook, seed: number, steps: number): void {
  const editions = editionsOf(book)
  const roll = dice(seed)
  const all: Event[] = []
  let state: State = emptyState
  let last = 0
  const seen = ({ act, answer }: Tried): void => {
    if (answer.kind === 'refusal') {
      counts.refusals++
      expect(answer.routes.length).toBeGreaterThan(0)
      for (const route of answer.routes) expect(route.reasons.length).toBeGreaterThan(0)
      return
    }
    counts['acts permitted']++
    const events = [...answer.deemed, ...answer.events]
    for (const event of events) {
      const cited = event.clause.split('@')[0] ?? ''
      expect(book.provisions.some((p) => p.clause === cited)).toBe(true)
      expect(event.occurredAt).toBeLessThanOrEqual(event.recordedAt)
      expect(event.recordedAt).toBe(act.recordedAt)
      expect(event.recordedAt).toBeGreaterThanOrEqual(last)
      last = event.recordedAt
    }
    state = events.reduce(evolve, state)
    // Another decision's clock is that decision's business.
    expect(due(editions, state, act.recordedAt).filter((event) => event.decision === act.decision)).toEqual([])
    all.push(...events)
  }
  const moved = playRandomly(book, roll, start, steps, seen, 4)
  expect(moved).toEqual(state)
  const end = playDecision(book, roll, moved, moved.recordedAt ?? start, 4 * steps, seen)
  expect(end).toEqual(state)
  expect(new Set(all.map((e) => e.id)).size).toBe(all.length)
  expect((JSON.parse(JSON.stringify(all)) as readonly Event[]).reduce(evolve, emptyState)).toEqual(state)
  counts.rulebooks++
  counts.events += all.length
}

/** A slip of the pen changes the words in each language, unless it changes nothing that can be said. */
function told(before: Rulebook, after: Rulebook): void {
  for (const [i, found] of after.provisions.entries()) {
    if (found === before.provisions[i]) continue
    changes.rules++
    const { clause: of } = found
    const cited = `${of}@${after.edition}`
    // A name of something that is nowhere says nothing in any words: the linter finds it, and the text cannot be adopted.
    if (lint(after).some((f) => (f.code === 'unknown-id' || f.code === 'empty-reference') && f.clause === cited)) continue
    for (const locale of wordsLocales)
      if (words(after, of, locale) === words(before, of, locale))
        expect(areCalledTheSame(before, after, i, locale), `${cited} in ${locale}: ${JSON.stringify(found.rule)}`).toBe(true)
  }
}

type Leaf = string | number | boolean | null | undefined
/** Where two values differ: the leaves of one and of the other. */
function differences(a: unknown, b: unknown): readonly (readonly [Leaf, Leaf])[] {
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b ? [] : [[a as Leaf, b as Leaf]]
  const [one, other] = [new Map<string, unknown>(Object.entries(a)), new Map<string, unknown>(Object.entries(b))]
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((key) => differences(one.get(key), other.get(key)))
}

/** What a rulebook calls the things of an id in a language: a body and a class may have one id. */
const namesOf = ({ provisions }: Rulebook, id: Leaf, locale: WordsLocale): readonly string[] =>
  provisions.flatMap(({ rule, names }) => {
    const forms = idOf(rule) === id ? (names?.[locale] ?? []) : []
    const name = (forms.find(({ key }) => key === 'the') ?? forms[0])?.value
    return name === undefined ? [] : [name]
  })

/** Whether two rules of two rulebooks differ at most in ids that have the same name: in a language, a thing is called by that. */
const areCalledTheSame = (before: Rulebook, after: Rulebook, i: number, locale: WordsLocale): boolean =>
  differences(before.provisions[i]?.rule, after.provisions[i]?.rule).every(([a, b]) =>
    namesOf(before, a, locale).some((name) => namesOf(after, b, locale).includes(name)),
  )

describe('laws of whole rulebooks, made at random', () => {
  it(
    `hold for ${runs} rulebooks and histories: evolve is total, replay is equal, every event has its clause, time only goes on, nothing due is left, a slip changes the words`,
    () => {
      // One in five is made of the schema alone: whatever can be written, though hardly anything is permitted under it.
      const ways = fc.oneof(
        { weight: 4, arbitrary: seeds.map((seed) => ({ seed, text: null })) },
        {
          weight: 1,
          arbitrary: fc.tuple(seeds, arbitraryRulebook()).map(([seed, { text }]) => ({ seed, text })),
        },
      )
      fc.assert(
        fc.property(ways, ({ seed, text }) => {
          if (text !== null) return lawful(parsed(text), seed, 8)
          const { before, after } = crossedRulebook(dice(seed))
          told(before, after)
          lawful(after, seed, 8)
        }),
        { numRuns: runs, ...seeded },
      )
      expect(counts['acts permitted']).toBeGreaterThan(counts.rulebooks)
      asked('whole rulebooks and histories', runs, counts)
      asked('changed rules in whole rulebooks, by their words in each language', Math.ceil(0.9 * runs), changes)
    },
    timeAllowed(120_000),
  )
})
