import { instantText, type Instant, type Zone } from '@quorate/kernel'
import { assumptionWords, refusalView, type RouteView } from '#lib/features/motions/words.ts'
import { actorsWords, capital, namingOf } from '#lib/features/rulebooks/words.ts'
import { instantWords } from '#lib/platform/dates.ts'
import type {
  Act,
  Capacity,
  DecisionId,
  Editions,
  Fact,
  Fingerprint,
  LawfulWay,
  Permitted,
  Pseudonym,
  Refusal,
  Rulebook,
} from '@quorate/rulebook'
import { failed, misused, readArgs, type Command, type ExitCode, type Io } from '../command.ts'
import { plain, wrapped } from '../stage-table.ts'
import { factsOrFault, seatsFilled, type MovementFacts } from './facts.ts'
import { instantForms, instantTyped } from './instants.ts'
import { openRulebook } from './open.ts'
import { zoneOf } from './source.ts'

const usage = `Usage: quorate rulebook why-not FILE --power P --as WHO --at INSTANT [options]

Asks the rulebook whether somebody may use a power by their own decision, and
prints the answer: of a no, every way that is closed and why (what was required,
had and missing), the earliest lawful date and what that date assumes.

Options:
  --power P        the power, such as amend-rulebook, spend, exclude
  --as WHO         a body, an office or an electorate of the rulebook
  --at INSTANT     when they decide: 2026-11-01, 2026-11-01T19:40
  --effect INSTANT when it is to take effect; at once without it
  --for N          votes for, of a body; all who are seated without it
  --against N      votes against; 0 without it
  --facts F        a JSON file with the size of electorates and bodies:
                   {"electorates": {"members": 1180}, "bodies": {"committee": 12}}
  --json           print the answer as JSON, instants in UTC

Exit code: 0 answered, 1 nothing to ask of this rulebook, 2 wrong use.

Example: quorate rulebook why-not rulebooks/lantern.md --power amend-rulebook --as committee --at 2026-11-01T19:40`

const options = {
  power: { type: 'string' },
  as: { type: 'string' },
  at: { type: 'string' },
  effect: { type: 'string' },
  for: { type: 'string' },
  against: { type: 'string' },
  facts: { type: 'string' },
  json: { type: 'boolean' },
} as const
type Options = { [K in Exclude<keyof typeof options, 'json'>]?: string } & { json?: boolean }

/** `quorate rulebook why-not`: a refusal, before anybody tries. */
export const command: Command = {
  name: 'rulebook why-not',
  summary: 'Say why somebody may not use a power, and the lawful way',
  usage,
  run: async (args, io) => {
    const read = readArgs(args, options, { most: 1, each: 'one rulebook at a time' })
    if (read.kind === 'fail') return misused(io, command, read.error)
    const { values, positionals } = read.value
    const [file] = positionals
    if (file === undefined) return misused(io, command, 'which rulebook?')
    for (const key of ['power', 'as', 'at'] as const)
      if (values[key] === undefined) return misused(io, command, `--${key} is needed`)
    for (const key of ['for', 'against'] as const)
      if (values[key] !== undefined && !/^\d{1,9}$/.test(values[key]))
        return misused(io, command, `--${key} takes a whole number, not "${values[key]}"`)
    return ask(file, values, io)
  },
}

/** What is asked: who, which power, when, with which votes. */
type Question = {
  readonly rulebook: Rulebook
  readonly zone: Zone
  readonly power: string
  readonly as: Capacity
  readonly at: Instant
  readonly effectAt: Instant
  readonly vote: { readonly for: number; readonly against: number }
  readonly facts: MovementFacts
}

async function ask(file: string, values: Options, io: Io): Promise<ExitCode> {
  const facts = await factsOrFault(values.facts, command, io)
  const opened = facts === null ? null : await openRulebook(file, command, io)
  if (facts === null || opened === null) return 1
  const { rulebook } = opened
  const zone = await zoneOf(rulebook)
  const at = instantTyped(values.at ?? '', zone)
  if (at.kind === 'fail') return misused(io, command, `--at takes ${instantForms}, not "${values.at ?? ''}"`)
  const effect = values.effect === undefined ? at : instantTyped(values.effect, zone)
  if (effect.kind === 'fail') return misused(io, command, `--effect takes ${instantForms}, not "${values.effect ?? ''}"`)
  const [as, known] = capacityTyped(rulebook, values.as ?? '')
  if (as === null)
    return failed(
      io,
      command,
      `${opened.name} has no body, office or electorate "${values.as ?? ''}"`,
      `It has: ${known.join(', ')}.`,
    )
  const { powerNames } = await import('@quorate/rulebook')
  const power = values.power ?? ''
  if (!powerNames.some((known) => known === power))
    return failed(io, command, `there is no power "${power}"`, wrapped(`Powers are: ${powerNames.join(', ')}.`, io.columns))
  const question = { rulebook, zone, power, as, at: at.value, effectAt: effect.value, facts }
  const vote = { for: Number(values.for ?? (await seatedOf(rulebook, as, facts))), against: Number(values.against ?? 0) }
  const answer = await judge({ ...question, vote })
  if (values.json === true) io.out(`${JSON.stringify(answer, asText, 2)}\n`)
  else io.out(answerText({ ...question, vote }, answer, io))
  return 0
}

/** Instants leave as text in UTC; every other number is a count. */
const asText = (key: string, value: unknown): unknown =>
  typeof value === 'number' && /^(at|earliest|\w+At)$/.test(key) ? instantText(value as Instant) : value // keys that hold instants

const kinds = ['body', 'office', 'electorate'] as const

/** The capacity meant by `committee`, `body committee` and the like, or null; and all there are. */
function capacityTyped(rulebook: Rulebook, text: string): readonly [Capacity | null, readonly string[]] {
  const found = rulebook.provisions.flatMap(({ rule }) => {
    const kind = kinds.find((each) => each === rule.kind)
    return kind !== undefined && 'id' in rule ? [{ kind, id: rule.id }] : []
  })
  const meant = found.find(({ kind, id }) => text === id || text === `${kind} ${id}`)
  return [meant === undefined ? null : `${meant.kind} ${meant.id}`, found.map(({ id }) => id)]
}

/** How many vote for it when nobody says: all filled seats of a body, as the facts or else its rule have them. */
async function seatedOf(rulebook: Rulebook, as: Capacity, facts: MovementFacts): Promise<number> {
  const { provision } = await import('@quorate/rulebook')
  const [kind, id = ''] = as.split(' ')
  if (kind !== 'body') return 1
  const seats = provision(rulebook, 'body', id)?.rule.seats ?? []
  return seatsFilled(facts)[id] ?? seats.reduce((sum, { count }) => sum + (count ?? 0), 0)
}

/** The rulebook's answer, and the ways open to the same people. */
type Answer = { readonly answer: Permitted | Refusal; readonly ways: readonly LawfulWay[] }

async function judge({ rulebook, power, as, at, effectAt, vote, facts }: Question): Promise<Answer> {
  const { decide, emptyState, lawful } = await import('@quorate/rulebook')
  const editions: Editions = { byNumber: new Map([[rulebook.edition, rulebook]]), inForce: rulebook.edition }
  const fact = (name: string, of: string | null, value: Fact['value']): Fact => ({
    name,
    of,
    value,
    at,
    knownAt: at,
    source: 'attestation',
    evidence: null,
  })
  const [, id = ''] = as.split(' ')
  const present = Math.max(vote.for + vote.against, 0)
  const known = [
    ...Object.entries(facts.electorates).map(([of, count]) => fact('electorate-size', of, count)),
    ...Object.entries(seatsFilled(facts)).map(([of, count]) => fact('body-size', of, count)),
    fact('eligible', id, true),
    fact('holds-office', id, true),
    fact('within-limits', power, true),
    fact('resolution', id, { ...vote, present }),
  ]
  const act: Act = {
    decision: 1 as DecisionId, // the first and only one of this thought
    by: '0'.repeat(32) as Pseudonym, // nobody in particular
    as,
    occurredAt: at,
    recordedAt: at,
    kind: 'exercise',
    power,
    document: '' as Fingerprint, // no text is at stake
    effectAt,
    vote,
  }
  return { answer: decide(editions, emptyState, known, act), ways: lawful(editions, emptyState, power, as, at, known) }
}

function answerText(question: Question, { answer, ways }: Answer, { columns, colour }: Io): string {
  const { rulebook, zone, power, as, at, effectAt, vote } = question
  const bold = (text: string): string => (colour ? `\u001b[1m${text}\u001b[22m` : text)
  const name = namingOf(rulebook, 'en')
  const [kind = '', id = ''] = as.split(' ')
  const who = name(kind === 'body' || kind === 'office' ? kind : 'electorate', id)
  const when = (instant: Instant): string => instantWords(instant, zone, 'en', 'full')
  const votes = kind === 'body' ? ` It votes ${vote.for} to ${vote.against}.` : ''
  const asked = `Asked: ${name('power', power)}, by ${who}, at ${when(at)}, with effect from ${when(effectAt)}.${votes}`
  const parts = [wrapped(plain(asked), columns)]
  // An electorate decides by a procedure alone: what stands between is what the procedure says, not what is missing.
  if (kind === 'electorate' && ways.length > 0) parts.unshift(bold('Not at once. The rules lay down how.'))
  else if (answer.kind === 'permitted') {
    parts.unshift(bold('Yes. The rules allow this.'))
    const clause = answer.events[0]?.clause.split('@')[0] ?? ''
    parts.push(
      wrapped(`Rule ${clause} grants it. Taken as given: any limit that rule sets on sums, grounds or length is kept.`, columns),
    )
  } else {
    parts.unshift(bold('No. The rules do not allow this.'))
    const view = refusalView(answer, { locale: 'en', zone, rulebook })
    parts.push(...view.routes.map((route) => routeText(route, columns)))
    if (view.lawfulNone !== null) parts.push(wrapped(view.lawfulNone, columns))
  }
  parts.push(waysText(question, who, ways, columns))
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

const bare = (citation: string): string => citation.split('@')[0] ?? ''

function routeText(route: RouteView, columns: number): string {
  const lines = [`${route.title} (rule ${bare(route.clause)}):`]
  for (const { sentence, clause, figures } of route.reasons) {
    lines.push(wrapped(plain(`  - ${sentence} [rule ${bare(clause)}]`).trimStart(), columns - 2, '  ').replaceAll(/^/gm, '  '))
    if (figures !== null)
      lines.push(
        wrapped(
          `    required: ${figures.required}; had: ${figures.had}; missing: ${figures.short}`.trimStart(),
          columns - 4,
          '  ',
        ).replaceAll(/^/gm, '    '),
      )
  }
  if (route.lawful !== null) {
    const { title, date, assumes } = route.lawful
    lines.push(wrapped(`The lawful way${title === null ? '' : ` is “${title}”`}. ${date}`, columns - 2).replaceAll(/^/gm, '  '))
    if (assumes.length > 0)
      lines.push(wrapped(`That date takes for granted that ${assumes.join('; ')}.`, columns - 2).replaceAll(/^/gm, '  '))
  }
  return lines.join('\n')
}

/** What the same people can do now: use the power, or begin a procedure; else who can. */
function waysText({ rulebook, power, zone }: Question, who: string, ways: readonly LawfulWay[], columns: number): string {
  if (ways.some(({ begins }) => begins === 'exercise')) return ''
  const name = namingOf(rulebook, 'en')
  if (ways.length > 0)
    return ways
      .map(({ procedure, earliest, assumes }) => {
        const date =
          earliest === null
            ? 'No date can be promised.'
            : `Earliest: ${instantWords(earliest, zone, 'en', 'full')}, if ${assumes.map((a) => assumptionWords(a, 'en')).join('; ')}.`
        return wrapped(`${capital(who)} can begin “${capital(name('procedure', procedure ?? ''))}” themselves. ${date}`, columns)
      })
      .join('\n')
  const via = rulebook.provisions.flatMap(({ rule }) => (rule.kind === 'power' && rule.act === power ? (rule.via ?? []) : []))
  const begin = rulebook.provisions.flatMap(({ rule }) => {
    const first = rule.kind === 'procedure' && via.includes(rule.id) ? rule.stages[0] : undefined
    return first?.do === 'propose'
      ? [`“${capital(name('procedure', rule.kind === 'procedure' ? rule.id : ''))}”: ${actorsWords(rulebook, first.by, 'en')}`]
      : []
  })
  return begin.length === 0 ? '' : wrapped(`Who can begin it: ${begin.join('; ')}.`, columns)
}
