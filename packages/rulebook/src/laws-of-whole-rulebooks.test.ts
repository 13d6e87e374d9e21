import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryRulebook } from '../test/arbitrary-rulebook.ts'
import { crossedRulebook } from '../test/crossed-rulebooks.ts'
import { dice } from '../test/dice.ts'
import { asked, seeded, timeAllowed } from '../test/how-often.ts'
import { at, editionsOf, parsed } from '../test/lantern.ts'
import { playRandomly, type Tried } from '../test/random-acts.ts'
import { playDecision } from '../test/random-decisions.ts'
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
    // A name of something that is nowhere says nothing in any words: the linter finds it, and the text cannot be adopted.
    if (lint(after).some((f) => f.code === 'unknown-id' && f.clause === of)) continue
    for (const locale of wordsLocales)
      if (words(after, of, locale) === words(before, of, locale))
        expect(asCalled(after, i, locale)).toEqual(asCalled(before, i, locale))
  }
}

/** A rule of a rulebook as one may speak of it: what has a name in a language is called by it there, and not by its id. */
function asCalled(book: Rulebook, i: number, locale: WordsLocale): unknown {
  const found = book.provisions[i]
  const name = found?.names?.[locale]
  return name === undefined ? found?.rule : { ...found?.rule, id: name, rulebook: name }
}

describe('laws of whole rulebooks, made at random', () => {
  it(
    `hold for ${runs} rulebooks and histories: evolve is total, replay is equal, every event has its clause, time only goes on, nothing due is left, a slip changes the words`,
    () => {
      // One in five is made of the schema alone: whatever can be written, though hardly anything is permitted under it.
      const ways = fc.oneof(
        { weight: 4, arbitrary: seeds.map((seed) => ({ seed, ...crossedRulebook(dice(seed)) })) },
        {
          weight: 1,
          arbitrary: fc
            .tuple(seeds, arbitraryRulebook())
            .map(([seed, { text }]) => ({ seed, before: null, after: parsed(text) })),
        },
      )
      fc.assert(
        fc.property(ways, ({ seed, before, after }) => {
          if (before !== null) told(before, after)
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
