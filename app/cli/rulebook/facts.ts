import { fail, ok, type Result } from '@quorate/kernel'
import { z } from 'zod'
import { failed, type Command, type Io } from '../command.ts'
import { textOrFault } from './source.ts'

const count = z.int().min(0).max(1_000_000_000)
const shape = z.strictObject({
  electorates: z.record(z.string(), count).default({}),
  bodies: z.record(z.string(), count).default({}),
  turnouts: z.array(z.strictObject({ cast: count, of: count })).default([]),
})

/** What a rulebook cannot know of its movement: how many people are in each electorate, how many seats of a body are filled, past turnouts. */
export type MovementFacts = z.infer<typeof shape>

/** Nothing known. */
const noFacts: MovementFacts = { electorates: {}, bodies: {}, turnouts: [] }

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
