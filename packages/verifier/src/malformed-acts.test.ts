import { canonicalJson, utf8, type Json } from '@quorate/kernel'
import { bodyOf, parseEntry, type Entry } from '@quorate/record'
import { decide, emptyState, evolve, type Editions, type State } from '@quorate/rulebook'
import { describe, expect, test } from 'vitest'
import { withValue } from '../testing/log.ts'
import { livingMovement } from '../testing/movement-acts.ts'
import { recordedAct, type RecordedAct } from './shapes.ts'

// Acts come from outside. What is none is refused where entries are read; what is read as one is judged, whatever it says, and never breaks the engine.

const { log } = livingMovement()
type Standing = { readonly entry: Entry; readonly recorded: RecordedAct; readonly state: State; readonly editions: Editions }

/** Every act of the story with the state it met. */
const acts: readonly Standing[] = (() => {
  let state = emptyState
  return log.entries.flatMap((entry) => {
    const body = bodyOf(entry, 'act')
    if (body === null) return []
    const recorded = recordedAct(body)
    const inForce = recorded.events[0]?.edition ?? log.editions.inForce
    const standing = { entry, recorded, state, editions: { byNumber: log.editions.byNumber, inForce } }
    state = { ...[...recorded.deemed, ...recorded.events].reduce(evolve, state), recordedAt: null }
    return [standing]
  })
})()
const nameOf = ({ recorded: { act } }: Standing): string => (act.kind === 'movement' ? act.does.kind : act.kind)
/** The first act of each kind. */
const kinds = [...new Map(acts.toReversed().map((standing) => [nameOf(standing), standing])).entries()]

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)
/** Every place inside a value, by path. */
function* places(value: Json, path: string): Generator<string> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    yield `${path}/${key}`
    yield* places(inner, `${path}/${key}`)
  }
}
const strange: readonly Json[] = [
  null,
  true,
  0,
  -1,
  Number.MAX_SAFE_INTEGER,
  '',
  'nowhere',
  'Nobody Special',
  'toString',
  '__proto__',
  [],
  [null],
  {},
  { kind: 'nobody' },
  { kind: 'constructor' },
]
/** The act with each of its places left out, or holding something else, or with one too many. */
function* malformed({ entry }: Standing): Generator<Entry> {
  const act = entry.body['act'] ?? null
  for (const path of ['/act', ...places(act, '/act')]) {
    for (const value of strange) yield withValue(entry, `/body${path}`, () => value)
    yield withValue(entry, `/body${path}`, (old) =>
      typeof old === 'object' && old !== null && !isList(old) ? { ...old, more: 1 } : [old],
    )
    const [above, key] = [path.slice(0, path.lastIndexOf('/')), path.slice(path.lastIndexOf('/') + 1)]
    yield withValue(entry, `/body${above}`, (old) =>
      isList(old)
        ? old.filter((_, i) => i !== Number(key))
        : Object.fromEntries(Object.entries(old ?? {}).filter(([name]) => name !== key)),
    )
  }
}

describe('acts with one place that holds something else', { timeout: 120_000 }, () => {
  test.each(kinds)('%s', (_, standing) => {
    const { state, editions, recorded } = standing
    let [refused, judged] = [0, 0]
    for (const other of malformed(standing)) {
      const read = parseEntry(utf8(canonicalJson(other)))
      const body = read.kind === 'ok' ? bodyOf(read.value, 'act') : null
      if (body === null) {
        refused++
        continue
      }
      judged++
      const answer = decide(editions, state, recorded.facts, recordedAct(body).act)
      if (answer.kind === 'permitted') [...answer.deemed, ...answer.events].reduce(evolve, state)
    }
    expect(refused).toBeGreaterThan(20)
    expect(judged).toBeGreaterThan(0)
  })

  test('an order or an appeal about a kind of thing there is not is no entry at all', () => {
    for (const standing of acts.filter((one) => ['record-order', 'appeal'].includes(nameOf(one)))) {
      const field = nameOf(standing) === 'appeal' ? 'against' : 'target'
      for (const kind of ['person', 'constructor', ''])
        expect(
          parseEntry(utf8(canonicalJson(withValue(standing.entry, `/body/act/does/${field}/kind`, () => kind)))),
        ).toMatchObject({ kind: 'fail', error: { kind: 'not of its type' } })
    }
  })
})
