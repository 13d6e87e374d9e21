import { fail, instant, ok, type Instant, type Result } from '@quorate/kernel'
import type { AnalyseFacts } from '@quorate/rulebook'
import { z } from 'zod'
import { failed, type Command, type Io } from '../command.ts'
import { textOrFault } from './source.ts'

const count = z.int().min(0).max(1_000_000_000)
const seats = z.strictObject({
  seated: count,
  byClass: z.record(z.string(), count).optional(),
  seats: count.optional(),
})
const turnout = z.union([
  z.literal('all against'),
  z.literal('cheapest'),
  z.strictObject({ from: count, to: count }),
  z.strictObject({ returned: count }),
])
const shape = z.strictObject({
  electorates: z.record(z.string(), count).default({}),
  bodies: z.record(z.string(), z.union([count, seats])).default({}),
  turnouts: z.array(z.strictObject({ cast: count, of: count })).default([]),
  without: z.array(z.string()).default([]),
  elections: z.enum(['open', 'closed']).optional(),
  attendance: z.union([z.literal('all'), z.literal('bare quorum'), z.record(z.string(), count)]).default('all'),
  turnout: turnout.default('all against'),
  officers: z.enum(['dutiful', 'hostile']).default('dutiful'),
  attestors: z.enum(['willing', 'unwilling']).default('willing'),
  lots: z.enum(['favourable', 'worst']).default('worst'),
  settled: z.record(z.string(), z.string()).default({}),
})

/**
 * What a rulebook cannot know of its movement: how many people are in each electorate, how many seats of a body are filled, past turnouts;
 * and, for `analyse` and `compare`, what everybody else would do.
 */
export type MovementFacts = z.infer<typeof shape>

/** Nothing known: everybody comes, everybody else votes against. */
const noFacts: MovementFacts = shape.parse({})

/** Reads facts from JSON. The failure says where it does not fit, without a full stop. */
export function parseFacts(text: string): Result<MovementFacts, string> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return fail('it is not JSON')
  }
  const read = shape.safeParse(json)
  if (read.success) return ok(read.data)
  const [issue] = read.error.issues
  const at = issue?.path.join('.') ?? ''
  const what = issue?.code === 'unrecognized_keys' ? `nobody knows ${issue.keys.join(', ')}` : 'this is not what belongs there'
  return fail(`${at === '' ? 'the file' : at}: ${what}`)
}

/** The facts of the file named, none where none is; null after saying on stderr why they cannot be read. */
export async function factsOrFault(file: string | undefined, command: Command, io: Io): Promise<MovementFacts | null> {
  if (file === undefined) return noFacts
  const source = await textOrFault(file, command, io)
  if (source === null) return null
  const facts = parseFacts(source.text)
  if (facts.kind === 'ok') return facts.value
  failed(io, command, `${source.name} does not hold facts: ${facts.error}`, factsHelp)
  return null
}

const factsHelp =
  'Such as {"electorates": {"members": 1180}, "bodies": {"committee": 12}, "turnouts": [{"cast": 402, "of": 1150}]}.'

/** How many seats of each body are filled. */
export const seatsFilled = ({ bodies }: MovementFacts): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(bodies).map(([id, of]) => [id, typeof of === 'number' ? of : of.seated]))

const turnoutOf = (given: MovementFacts['turnout']): AnalyseFacts['turnout'] => {
  if (given === 'all against') return { kind: 'all against' }
  if (given === 'cheapest') return { kind: 'range', from: 0, to: Number.MAX_SAFE_INTEGER }
  return 'returned' in given ? { kind: 'returned', count: given.returned } : { kind: 'range', ...given }
}

/** The same facts as the analyser takes them, for an attempt that begins at an instant. */
export function analyseFactsOf(facts: MovementFacts, from: Instant): AnalyseFacts {
  const bodies = Object.entries(facts.bodies).map(([id, of]): readonly [string, AnalyseFacts['bodies'][string]] => {
    if (typeof of === 'number') return [id, { seated: of }]
    const { seated, byClass, seats: established } = of
    return [
      id,
      { seated, ...(byClass === undefined ? {} : { byClass }), ...(established === undefined ? {} : { seats: established }) },
    ]
  })
  const { electorates, without, elections, attendance, turnout: given, officers, attestors, lots, settled } = facts
  return {
    from: instant(from),
    electorates,
    bodies: Object.fromEntries(bodies),
    without,
    ...(elections === undefined ? {} : { elections }),
    attendance,
    turnout: turnoutOf(given),
    officers,
    attestors,
    lots,
    settled,
  }
}
