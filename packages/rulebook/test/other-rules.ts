import { decide, timeline, waiting, type Editions, type Rulebook } from '../src/index.ts'
import { idOf, type Provision } from '../src/language/model.ts'
import type { Heard } from './acts-heard.ts'
import { digestOf } from './digest.ts'
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
  for (const { what, rulebook } of about.flatMap((p) => slipsIn(book, p))) {
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
  told.length === 0 ? [] : [`${title}: ${told.map(([what]) => what).join('; ')} #${digestOf(told.map(([, how]) => how).join(' '))}`]

function rulebookOf({ editions, state, act }: Heard): Rulebook {
  const own = act.kind === 'movement' ? undefined : state.decisions[act.decision]?.edition
  const found = editions.byNumber.get(own ?? editions.inForce) ?? editions.byNumber.get(editions.inForce)
  if (found === undefined) throw new Error('a story has an edition in force')
  return found
}

const once = new Set(['emergency', 'interest', 'validity', 'calendar'])
/** A rule an act has to do with: it is cited, or its name stands in the act or in what follows from it. */
function concerns(
  book: Rulebook,
  { clause, rule }: Provision,
  { act, state }: Heard,
  asked: Permitted,
): boolean {
  if (rule.kind === 'calendar') return act.kind === 'propose'
  if (rule.kind === 'standing') return false
  if (once.has(rule.kind)) return act.kind === 'movement'
  const said = JSON.stringify([act, asked.events, asked.deemed])
  if (said.includes(`"${clause}@${book.edition}"`)) return true
  if (rule.kind === 'procedure') return act.kind !== 'movement' && state.decisions[act.decision]?.procedure === rule.id
  const id = idOf(rule)
  return id !== null && (said.includes(`"${id}"`) || said.includes(` ${id}"`))
}

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
  const shown = { timeline: timeline(editions, state, act.decision, act.occurredAt), waiting: waiting(editions, state, act.occurredAt) }
  return digestOf(JSON.stringify(shown))
}
