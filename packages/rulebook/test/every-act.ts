import { afterEach, beforeEach, expect } from 'vitest'
import { decide, type Event, type Quantity, type Refusal } from '../src/index.ts'
import { listen, type Heard } from './acts-heard.ts'
import { digestOf } from './digest.ts'
import { variantsOf } from './one-wrong.ts'
import { underOtherRules } from './other-rules.ts'

// Every act of a story, and what it is answered with one thing wrong. The stories of the tests say what must come of an act; this keeps what they do
// not say: each refusal with clause, what is required, what there is and what is short, for somebody else, another capacity, another hour,
// a fact less. Kept in `test/golden/acts`, one file a test.

/** At most so many acts of one kind in one test, the last ones: those before prepare them. */
const most = 2

/** In a test file: every act of its stories is answered as written down. */
export function everyActWithOneThingWrong(): void {
  let heard: Heard[] = []
  beforeEach(() => {
    heard = []
    listen((one) => heard.push(one))
  })
  afterEach(async ({ task }) => {
    listen(null)
    if (heard.length === 0) return
    const path = [task.file.name.replace(/^.*\/(.*)\.test\.ts$/, '$1'), slugOf(namesOf(task))].join('/')
    await expect(toldOf(heard)).toMatchFileSnapshot(`${import.meta.dirname}/golden/acts/${path}.txt`)
    await expect(underOtherRules(heard, answerText)).toMatchFileSnapshot(`${import.meta.dirname}/golden/rules/${path}.txt`)
  })
}

type Named = { readonly name: string; readonly suite?: Named | undefined }
const namesOf = ({ name, suite }: Named): string => (suite === undefined ? name : `${namesOf(suite)} ${name}`)
const slugOf = (name: string): string => {
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return plain.length <= 70 ? plain : `${plain.slice(0, 60)}-${digestOf(name)}`
}
function toldOf(heard: readonly Heard[]): string {
  const counts = new Map<string, number>()
  const last = heard.toReversed().filter((one) => {
    const count = (counts.get(kindOf(one)) ?? 0) + 1
    counts.set(kindOf(one), count)
    return count <= most
  })
  return `${last.toReversed().map(told).join('\n\n')}\n`
}
const kindOf = ({ act }: Heard): string => (act.kind === 'movement' ? act.does.kind : act.kind)

/** An act, its answer, and the answers to its variants, those with one answer together. What is refused is not asked about further. */
function told(one: Heard): string {
  const { editions, state, facts, act } = one
  const asked = decide(editions, state, facts, act)
  const answers = new Map<string, string[]>()
  if (asked.kind === 'permitted')
    for (const { what, act: other, facts: known } of variantsOf(one)) {
      const text = answerText(decide(editions, state, known, other))
      answers.set(text, [...(answers.get(text) ?? []), what])
    }
  else answers.set(noText(asked), ['as it is'])
  return [`# ${kindOf(one)}, ${act.as}`, ...[...answers].map(([text, whats]) => `${whats.join('; ')}\n  ${text}`)].join('\n')
}

/** An answer in a line: each refusal whole, events by a digest. */
export const answerText = (answer: ReturnType<typeof decide>): string =>
  answer.kind === 'refusal' ? noText(answer) : yesText([...answer.deemed, ...answer.events])
const yesText = (events: readonly Event[]): string =>
  `yes: ${events.map((e) => (e.kind === 'movement' ? e.did.kind : e.kind)).join(' ')} ${digestOf(JSON.stringify(events))}`
/** A refusal in a line: its routes, each with its clause and its reasons: `3.1@1: short-support 4 seats|3 seats|1 seats`; then the earliest date. */
export const noText = ({ routes }: Pick<Refusal, 'routes'>): string =>
  routes
    .map(({ clause, reasons, earliest, assumes, procedure }) => {
      const why = reasons.map((r) => {
        const of = r.clause === clause ? '' : ` by ${r.clause}`
        return `${r.code}${of} ${[r.required, r.actual, r.shortfall].map(quantityText).join('|')}`
      })
      const when = earliest === null ? '' : ` → ${new Date(earliest).toISOString()}`
      return `${clause}${procedure === null ? '' : ` ${procedure}`}: ${why.join(', ')}${when}${assumes.map((a) => ` if ${a.kind}`).join('')}`
    })
    .join(' / ')
export function quantityText(q: Quantity): string {
  if (q.unit === 'none') return ''
  if (q.unit === 'instant') return new Date(q.at).toISOString()
  if (q.unit === 'share') return `${q.numerator}/${q.denominator} ${q.base}`
  if (q.unit === 'text') return q.fingerprint.slice(0, 8)
  return 'count' in q ? `${q.count} ${q.unit}` : `${q.unit} ${q.id}${q.size === null ? '' : ` ${q.size}`}`
}
