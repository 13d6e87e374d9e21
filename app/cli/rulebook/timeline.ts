import { instantText, type Instant, type Zone } from '@quorate/kernel'
import { actorsWords, capital, namingOf } from '#lib/features/rulebooks/words.ts'
import type { DecisionId, Editions, Event, Fingerprint, Provision, Rulebook, Span, StageView, State } from '@quorate/rulebook'
import { failed, misused, nearest, readArgs, type Command, type ExitCode, type Io } from '../command.ts'
import { plain, wrapped } from '../stage-table.ts'
import { clockTextOf, instantForms, instantTyped } from './instants.ts'
import { openRulebook } from './open.ts'
import { zoneOf } from './source.ts'

const usage = `Usage: quorate rulebook timeline FILE PROCEDURE --from INSTANT [options]

Prints every stage of a procedure begun at an instant: who acts in it, and when
it begins and ends if everybody acts at once (earliest), and if everybody waits
until the last moment (latest). Times are those of the rulebook's calendar.

Options:
  --from INSTANT   when it is proposed: a day, a day with a time, or an
                   instant in UTC: 2026-11-01, 2026-11-01T19:40
  --json           print the stages as JSON, instants in UTC

Exit code: 0 printed, 1 no such procedure or not a rulebook, 2 wrong use.

Example: quorate rulebook timeline rulebooks/lantern.md amend --from 2026-11-01`

const options = { from: { type: 'string' }, json: { type: 'boolean' } } as const

/** `quorate rulebook timeline`: the lawful dates of a procedure. */
export const command: Command = {
  name: 'rulebook timeline',
  summary: 'Print the stages of a procedure with their lawful dates',
  usage,
  run: async (args, io) => {
    const read = readArgs(args, options, { most: 2, each: 'one procedure at a time' })
    if (read.kind === 'fail') return misused(io, command, read.error)
    const { values, positionals } = read.value
    const [file, procedure] = positionals
    if (file === undefined) return misused(io, command, 'which rulebook?')
    if (procedure === undefined) return misused(io, command, 'which procedure? Give its id, such as amend')
    if (values.from === undefined) return misused(io, command, `from when? --from takes ${instantForms}`)
    return printTimeline(file, procedure, values.from, values.json === true, io)
  },
}

async function printTimeline(file: string, id: string, from: string, json: boolean, io: Io): Promise<ExitCode> {
  const opened = await openRulebook(file, command, io)
  if (opened === null) return 1
  const { rulebook } = opened
  const { provision, provisionsOf } = await import('@quorate/rulebook')
  const found = provision(rulebook, 'procedure', id)
  if (found === null) {
    const known = provisionsOf(rulebook, 'procedure').map(({ rule }) => rule.id)
    const meant = nearest(id, known)
    const help = known.length === 0 ? 'It has none at all.' : `It has: ${known.join(', ')}.`
    return failed(
      io,
      command,
      `${opened.name} has no procedure "${id}"${meant === undefined ? '' : `. Did you mean "${meant}"?`}`,
      help,
    )
  }
  const zone = await zoneOf(rulebook)
  const begin = instantTyped(from, zone)
  if (begin.kind === 'fail') return misused(io, command, `--from takes ${instantForms}, not "${from}"`)
  const stages = await stagesFrom(rulebook, found, begin.value)
  if (json)
    io.out(
      `${JSON.stringify({ procedure: id, clause: found.clause, zone, from: instantText(begin.value), stages: stages.map(stageJson) }, null, 2)}\n`,
    )
  else io.out(timelineText({ rulebook, found, zone, from: begin.value, stages }, io))
  return 0
}

/** The stages of a procedure as if it were proposed at an instant. */
async function stagesFrom(rulebook: Rulebook, found: Provision<'procedure'>, at: Instant): Promise<readonly StageView[]> {
  const { emptyState, evolve, timeline } = await import('@quorate/rulebook')
  const decision = 1 as DecisionId // the first and only one of this thought
  const proposed: Event = {
    id: '1/1',
    decision,
    edition: rulebook.edition,
    clause: `${found.clause}@${rulebook.edition}`,
    stage: found.rule.stages[0]?.id ?? '',
    by: 'rule',
    deemed: false,
    occurredAt: at,
    recordedAt: at,
    kind: 'proposed',
    power: '',
    procedure: found.rule.id,
    document: '' as Fingerprint, // nothing is proposed
    changes: [],
  }
  const editions: Editions = { byNumber: new Map([[rulebook.edition, rulebook]]), inForce: rulebook.edition }
  const state: State = evolve(emptyState, proposed)
  return timeline(editions, state, decision, at)
}

const spanJson = (span: Span | null) =>
  span === null ? null : { startsAt: instantText(span.startsAt), endsAt: span.endsAt === null ? null : instantText(span.endsAt) }

const stageJson = ({ id, kind, actor, clause, earliest, latest }: StageView) => ({
  id,
  kind,
  actor,
  clause,
  earliest: spanJson(earliest),
  latest: spanJson(latest),
})

type Timeline = {
  readonly rulebook: Rulebook
  readonly found: Provision<'procedure'>
  readonly zone: Zone
  readonly from: Instant
  readonly stages: readonly StageView[]
}

function timelineText({ rulebook, found, zone, from, stages }: Timeline, { columns, colour }: Io): string {
  const bold = (text: string): string => (colour ? `\u001b[1m${text}\u001b[22m` : text)
  const name = namingOf(rulebook, 'en')
  const title = rulebook.clauses.get(found.clause)?.title ?? found.rule.id
  const head = `${title} (rule ${found.clause}, ${found.rule.id}), proposed ${clockTextOf(from, zone)}. Times in ${zone}.`
  const span = ({ startsAt, endsAt }: Span): string =>
    endsAt === startsAt
      ? clockTextOf(startsAt, zone)
      : `${clockTextOf(startsAt, zone)} to ${endsAt === null ? 'no date can be promised' : clockTextOf(endsAt, zone)}`
  const parts = stages.map(({ id, actor, earliest, latest }, i) => {
    const number = `${String(i + 1)}.`.padEnd(4)
    const who = `${capital(name('stage', id))} (${id}): ${actorsWords(rulebook, actor, 'en')}`
    const dates =
      earliest === null
        ? ['only if a stage before it leads here']
        : [`earliest  ${span(earliest)}`, ...(latest === null ? [] : [`latest    ${span(latest)}`])]
    return [bold(wrapped(plain(number + who), columns, '    ')), ...dates.map((line) => `    ${line}`)].join('\n')
  })
  return `${wrapped(plain(head), columns)}\n\n${parts.join('\n')}\n`
}
