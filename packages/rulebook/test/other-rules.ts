import { decide, due, evolve, timeline, waiting, type Editions, type Rulebook, type State } from '../src/index.ts'
import { idOf, type Provision } from '../src/language/model.ts'
import type { Heard } from './acts-heard.ts'
import { digestOf } from './digest.ts'
import { at } from './lantern.ts'
import { slipsOf, type Slip } from './slips.ts'

// What an act that is permitted is answered under rules that are otherwise in one thing. A key that an answer does not rest on is not named here; one
// that it rests on stands with what is then answered.

type Answer = ReturnType<typeof decide>
type Permitted = Extract<Answer, { readonly kind: 'permitted' }>

/** At most so many acts of a decision in one test, the last ones: those before prepare them, and are the last of other tests. */
const most = 2

/** Each kind of act once, the last one: under each rule it has to do with, changed in one thing. `say` puts an answer into words. */
export function underOtherRules(heard: readonly Heard[], say: (answer: Answer) => string): string {
  const permitted = heard.flatMap((one) => {
    const asked = decide(one.editions, one.state, one.facts, one.act)
    return asked.kind === 'permitted' ? [{ one, asked }] : []
  })
  const last = [...new Map(permitted.map((p) => [kindOf(p.one), p] as const)).values()]
  const inDecisions = last.filter((p) => p.one.act.kind !== 'movement').slice(-most)
  const parts = last
    .filter((p) => p.one.act.kind === 'movement' || inDecisions.includes(p))
    .map(({ one, asked }) => changesOf(one, asked, say))
  return `${parts.join('\n\n')}\n`
}
const kindOf = ({ act }: Heard): string => (act.kind === 'movement' ? act.does.kind : act.kind)

function changesOf(one: Heard, asked: Permitted, say: (answer: Answer) => string): string {
  const { editions, state, facts, act } = one
  const book = rulebookOf(one)
  const usual = say(asked)
  const page = pageText(one, editions)
  const refused = new Map<string, string[]>()
  const otherwise: (readonly [what: string, said: string])[] = []
  const pages: (readonly [what: string, shown: string])[] = []
  const about = book.provisions.filter((p) => concerns(book, p, one, asked))
  const soFar = act.kind === 'movement' ? 0 : (state.decisions[act.decision]?.events ?? 0)
  const slips = about.flatMap((p) => someOf(slipsIn(book, p), p.rule.kind === 'procedure' ? 3 : 1, soFar))
  for (const { what, rulebook } of slips) {
    const under: Editions = { ...editions, byNumber: new Map([...editions.byNumber, [book.edition, rulebook]]) }
    const answer = decide(under, state, facts, act)
    const said = say(answer)
    if (answer.kind === 'refusal') refused.set(said, [...(refused.get(said) ?? []), what])
    else if (said !== usual) otherwise.push([what, said])
    const shown = pageText(one, under)
    if (shown !== page) pages.push([what, shown])
  }
  return [
    `# ${kindOf(one)}, ${act.as}, by ${about.map((p) => p.clause).join(' ')}`,
    ...[...refused].map(([text, whats]) => `${whats.join('; ')}\n  ${text}`),
    ...inOneLine('other events', otherwise),
    ...inOneLine('another page', pages),
  ].join('\n')
}
/** What is otherwise, and a digest of how. */
const inOneLine = (title: string, told: readonly (readonly [what: string, how: string])[]): readonly string[] =>
  told.length === 0
    ? []
    : [`${title}: ${told.map(([what]) => what).join('; ')} #${digestOf(told.map(([, how]) => how).join(' '))}`]

function rulebookOf({ editions, state, act }: Heard): Rulebook {
  const own = act.kind === 'movement' ? undefined : state.decisions[act.decision]?.noticedUnder
  const found = editions.byNumber.get(own ?? editions.inForce) ?? editions.byNumber.get(editions.inForce)
  if (found === undefined) throw new Error('a story has an edition in force')
  return found
}

const once = new Set(['emergency', 'interest', 'validity', 'calendar'])
/** A rule an act has to do with: it is cited, or its name stands in the act or in what follows from it. */
function concerns(book: Rulebook, { clause, rule }: Provision, { act, state }: Heard, asked: Permitted): boolean {
  if (rule.kind === 'calendar') return act.kind === 'propose'
  if (rule.kind === 'standing') return false
  if (once.has(rule.kind)) return act.kind === 'movement'
  const said = JSON.stringify([act, asked.events, asked.deemed])
  if (said.includes(`"${clause}@${book.edition}"`)) return true
  if (rule.kind === 'procedure') return act.kind !== 'movement' && state.decisions[act.decision]?.procedure === rule.id
  const id = idOf(rule)
  return id !== null && (said.includes(`"${id}"`) || said.includes(` ${id}"`))
}

/** One of so many slips, in each history others: together they are all of them, and no test takes long. */
const someOf = (slips: readonly Slip[], every: number, from: number): readonly Slip[] =>
  slips.filter((_, i) => (i + from) % every === 0)

const known = new Map<string, readonly Slip[]>()
/** Of stories under one text only the first makes them. */
function slipsIn(book: Rulebook, of: Provision): readonly Slip[] {
  const key = `${book.textHash} ${book.edition} ${of.clause}`
  const found = known.get(key) ?? [...slipsOf(book, of)]
  known.set(key, found)
  return found
}

/** What a decision's page shows: its timeline, and what it waits for. */
function pageText({ state, act }: Heard, editions: Editions): string {
  if (act.kind === 'movement' || act.kind === 'propose') return ''
  const shown = {
    timeline: timeline(editions, state, act.decision, act.occurredAt),
    waiting: waiting(editions, state, act.occurredAt),
  }
  return digestOf(JSON.stringify(shown))
}

/** An act, and what is known when it is done. */
type Step = Pick<Heard, 'act' | 'facts'>

/**
 * A whole history from its first act, under rules with one thing otherwise: which act is the first to be answered otherwise, and how; and a digest of
 * all that follows, with what the state is in the end. `say` puts an answer into words.
 */
export function historyUnderOtherRules(
  book: Rulebook,
  first: State,
  steps: readonly Step[],
  say: (answer: Answer) => string,
): string {
  const textOf = (told: ReturnType<typeof played>): readonly string[] => [...told.answers.map(say), told.state]
  const usual = textOf(played(book, first, steps))
  const said = JSON.stringify(steps)
  const told = new Map<string, (readonly [what: string, all: string])[]>()
  for (const of of book.provisions.filter((p) => !apart.has(p.rule.kind) && isNamed(p, said)))
    for (const { what, rulebook } of someOf(slipsIn(book, of), of.rule.kind === 'procedure' ? 7 : 3, steps.length)) {
      const now = played(rulebook, first, steps)
      const texts = textOf(now)
      const i = texts.findIndex((line, at) => line !== usual[at])
      if (i < 0) continue
      const all = digestOf(texts.join('\n'))
      const [act, answer] = [steps[i]?.act, now.answers[i]]
      const text =
        act === undefined || answer === undefined
          ? 'in what comes of it'
          : `${i + 1} ${nameOf(act)}: ${answer.kind === 'refusal' ? (texts[i] ?? '') : 'other events'}`
      told.set(text, [...(told.get(text) ?? []), [what, all]])
    }
  return [...told]
    .map(
      ([text, whats]) =>
        `${whats.map(([what]) => what).join('; ')}\n  ${text} #${digestOf(whats.map(([, all]) => all).join('\n'))}\n`,
    )
    .join('')
}

/** Kinds that no act of these histories is about. */
const apart: ReadonlySet<string> = new Set([
  'standing',
  'class',
  'attribute',
  'tier',
  'transition',
  'limit',
  'superior',
  'record',
  'dissolution',
])
const isNamed = ({ rule }: Provision, said: string): boolean => {
  const id = idOf(rule)
  if (rule.kind === 'procedure') return said.includes('"kind":"propose"')
  if (rule.kind === 'power') return said.includes(`"${rule.act}"`) || said.includes(`"kind":"${rule.act}"`)
  return id === null || said.includes(`"${id}"`) || said.includes(` ${id}"`)
}
const nameOf = (act: Step['act']): string => (act.kind === 'movement' ? act.does.kind : act.kind)

/** Every act tried in its turn; what is refused leaves the state as it was. */
function played(
  book: Rulebook,
  first: State,
  steps: readonly Step[],
): { readonly answers: readonly Answer[]; readonly state: string } {
  const editions: Editions = { byNumber: new Map([[book.edition, book]]), inForce: book.edition }
  const answers: Answer[] = []
  let state = first
  for (const { act, facts } of steps) {
    const answer = decide(editions, state, facts, act)
    answers.push(answer)
    if (answer.kind === 'permitted') state = [...answer.deemed, ...answer.events].reduce(evolve, state)
  }
  const falls = due(editions, state, at('2032-01-01'))
  return { answers, state: JSON.stringify([state, falls], (_, value: unknown) => (value instanceof Map ? [...value] : value)) }
}
