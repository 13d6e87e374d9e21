import { failed, type Command, type Io } from '../command.ts'
import { diagnosticsText } from './excerpt.ts'
import { parsed, textOrFault, type Opened } from './source.ts'

/** Reads and parses a rulebook; or says on stderr what stands in the way, each fault with its line, and returns null. */
export async function openRulebook(typed: string, command: Command, io: Io, edition = 1): Promise<Opened | null> {
  const source = await textOrFault(typed, command, io)
  if (source === null) return null
  const read = await parsed(source, edition)
  if (read.kind === 'ok') return read.value
  io.err(`${diagnosticsText(read.error, { columns: io.columns, colour: false })}\n`)
  const { length } = read.error.diagnostics
  failed(io, command, `${source.name} does not read as a rulebook: ${length === 1 ? '1 fault' : `${length} faults`}`)
  return null
}
