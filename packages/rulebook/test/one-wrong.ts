import {
  evolve,
  decide,
  type Act,
  type Capacity,
  type Editions,
  type Event,
  type Fact,
  type Refusal,
  type State,
} from '../src/index.ts'
import type { MovementAct } from '../src/movement/movement.ts'
import { day, later, person } from './lantern.ts'

// An act that is permitted, and the same act with one thing wrong: somebody else does it, in another capacity, at another time, without a fact it
// needs, with another number or name in it. What the engine answers to each, in full, is what the rule says about that one thing.

/** An act with what makes it lawful. */
export type Lawful = {
  readonly act: Act
  readonly facts: readonly Fact[]
  /** Only done, not asked about. */
  readonly quiet?: boolean
}
/** One thing about it that is otherwise, and the act or facts as they then are. */
type Variant = Lawful & { readonly what: string }

const capacities: readonly Capacity[] = [
  'rule',
  'body committee',
  'body panel',
  'office chair',
  'office registrar',
  'office panel-clerk',
  'electorate members',
]

type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain }
/** The leaves of a value, each with what it might be instead. */
function* otherwise(value: Plain, path: string): Generator<readonly [what: string, Plain]> {
  if (value === null) yield [`${path} given`, 1_900_000_000_000]
  else if (typeof value === 'boolean') yield [`${path} ${!value}`, !value]
  else if (typeof value === 'number') {
    for (const [word, other] of [
      ['less', value - 1],
      ['more', value + 1],
      ['far more', value + 400 * day],
    ] as const)
      yield [`${path} ${word}`, other]
    if (value > 1e12) yield [`${path} null`, null]
  } else if (typeof value === 'string') yield [`${path} another`, /^[0-9a-f]{32}$/.test(value) ? person(99) : 'nowhere']
  else if (Array.isArray(value)) {
    const list = value as readonly Plain[]
    if (list.length > 0) yield [`${path} empty`, []]
    if (list.length > 1) yield [`${path} but one`, list.slice(1)]
    for (const [what, first] of list.length === 0 ? [] : otherwise(list[0] ?? null, `${path}.0`))
      yield [what, [first, ...list.slice(1)]]
  } else {
    const record = value as Readonly<Record<string, Plain>> // an array was told apart above
    for (const [key, inner] of Object.entries(record)) {
      // Which of several shapes a part has is no detail of it: a shape there is not is refused where acts are read.
      if (key === 'kind' && inner === 'own') yield [`${path} of a meeting`, { kind: 'resolution', meeting: 'nowhere', item: 'x' }]
      else if (key !== 'kind')
        for (const [what, other] of otherwise(inner, path === '' ? key : `${path}.${key}`))
          yield [what, { ...record, [key]: other }]
    }
  }
}

/** Every act with one thing otherwise, in a fixed order. */
export function* variantsOf({ act, facts }: Pick<Lawful, 'act' | 'facts'>): Generator<Variant> {
  yield { what: 'as it is', act, facts }
  yield { what: 'by somebody else', act: { ...act, by: person(98) }, facts }
  yield { what: 'by the rule', act: { ...act, by: 'rule' }, facts }
  for (const as of capacities) if (as !== act.as) yield { what: `as ${as}`, act: { ...act, as }, facts }
  for (const [what, ms] of [
    ['a moment earlier', -1],
    ['a day earlier', -day],
    ['a day later', day],
    ['40 days later', 40 * day],
    ['3 years later', 1100 * day],
  ] as const) {
    const when = later(act.occurredAt, ms)
    yield { what, act: { ...act, occurredAt: when, recordedAt: when }, facts }
  }
  yield { what: 'written down 40 days later', act: { ...act, recordedAt: later(act.recordedAt, 40 * day) }, facts }
  for (const [i, fact] of facts.entries()) {
    const put = (...other: readonly Fact[]): readonly Fact[] => [...facts.slice(0, i), ...other, ...facts.slice(i + 1)]
    yield { what: `without ${fact.name}`, act, facts: put() }
    yield { what: `${fact.name} without evidence`, act, facts: put({ ...fact, evidence: null }) }
    yield { what: `${fact.name} of another`, act, facts: put({ ...fact, of: 'nowhere' }) }
    yield { what: `${fact.name} known later`, act, facts: put({ ...fact, knownAt: later(fact.knownAt, 2000 * day) }) }
    // Values of facts are plain.
    for (const [what, value] of otherwise(fact.value, `${fact.name}:`))
      yield { what, act, facts: put({ ...fact, value: value as Fact['value'] }) }
  }
  if (act.kind === 'movement') {
    const { kind, ...does } = act.does
    for (const [what, other] of otherwise(plainly(does), ''))
      yield { what, act: { ...act, does: { kind, ...(other as object) } as MovementAct }, facts }
    return
  }
  const { decision, by, as, occurredAt, recordedAt, kind, ...body } = act
  const head = { decision, by, as, occurredAt, recordedAt, kind }
  for (const [what, other] of otherwise(plainly(body), '')) yield { what, act: { ...head, ...(other as object) } as Act, facts }
}
/** Acts are plain values; one with something wrong in it is still an act to be judged. */
const plainly = (value: object): Plain => value as unknown as Plain

const shortened = (text: string): string =>
  text.replace(/"([0-9a-f]{12})[0-9a-f]{20,52}"/g, (_, head: string) => `"${head}…"`).replace(/"0{20,}([0-9a-f]+)"/g, '"#$1"')

function answerText(answer: readonly Event[] | Refusal): string {
  if (!('routes' in answer)) return `yes ${shortened(JSON.stringify(answer))}`
  return `no ${shortened(JSON.stringify(answer.routes.map(({ clause, reasons, earliest, procedure }) => [clause, procedure, reasons.map(({ code, clause: of, required, actual, shortfall }) => [code, of, required, actual, shortfall]), earliest])))}`
}

/**
 * Plays acts one after another and writes down what each is answered, and what each is answered with one thing wrong. Variants with one answer stand
 * together. The state that comes of it all is the last line.
 */
export function told(editions: Editions, first: State, acts: readonly Lawful[]): string {
  let state = first
  const paragraphs: string[] = []
  for (const lawful of acts) {
    const answers = new Map<string, string[]>()
    for (const { what, act, facts } of lawful.quiet === true ? [] : variantsOf(lawful)) {
      const answer = decide(editions, state, facts, act)
      const text = answerText(answer.kind === 'refusal' ? answer : [...answer.deemed, ...answer.events])
      answers.set(text, [...(answers.get(text) ?? []), what])
    }
    const { act } = lawful
    const name = act.kind === 'movement' ? act.does.kind : act.kind
    if (lawful.quiet !== true)
      paragraphs.push(
        [`# ${name}, ${act.as}`, ...[...answers].map(([text, whats]) => `${whats.join('; ')}\n  ${text}`)].join('\n'),
      )
    const answer = decide(editions, state, lawful.facts, act)
    if (answer.kind === 'refusal') throw new Error(`${name}: ${JSON.stringify(answer.routes, null, 1)}`)
    state = [...answer.deemed, ...answer.events].reduce(evolve, state)
  }
  const plain = JSON.stringify(state.movement ?? null, (_, value: unknown) => (value instanceof Map ? [...value] : value))
  return `${paragraphs.join('\n\n')}\n\n# what comes of it\n${shortened(plain)}\n`
}
