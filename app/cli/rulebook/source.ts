import { fail, fromUtf8, ok, type Result, type Zone } from '@quorate/kernel'
import type { Diagnostic, EditionNumber, Rulebook } from '@quorate/rulebook'
import { failed, type Command, type Io } from '../command.ts'
import { readFileWithin, readingFault } from '../reading.ts'

/** A text somebody named: what to call it in messages, and what it says. */
export type Text = { readonly name: string; readonly text: string }

// A rulebook has at most 600,000 characters; facts have a few hundred. No character takes more than four bytes.
const bytesMax = 2_400_000

/** Reads a file, or standard input for `-`. The failure is a sentence without a full stop. */
async function readText(typed: string): Promise<Result<Text, string>> {
  const name = typed === '-' ? '(standard input)' : typed
  try {
    const bytes = await readFileWithin(typed === '-' ? '/dev/stdin' : typed, bytesMax, 'it is longer than any rulebook')
    if (bytes.kind === 'fail') return fail(`cannot read ${name}: ${bytes.error}`)
    const text = fromUtf8(bytes.value)
    return text.kind === 'fail' ? fail(`cannot read ${name}: it is not text in UTF-8`) : ok({ name, text: text.value })
  } catch (error) {
    return fail(`cannot read ${name}: ${readingFault(error)}`)
  }
}

/** Reads a file or says on stderr why it could not be read. */
export async function textOrFault(typed: string, command: Command, io: Io): Promise<Text | null> {
  const read = await readText(typed)
  if (read.kind === 'ok') return read.value
  failed(io, command, read.error)
  return null
}

/** A rulebook that parses, with its source. */
export type Opened = { readonly name: string; readonly text: string; readonly rulebook: Rulebook }

/** What is wrong with a text, as `lint --json` prints it. */
export type Unread = Text & { readonly diagnostics: readonly Diagnostic[] }

/** Parses a text as the edition of that number. */
export async function parsed(source: Text, edition = 1): Promise<Result<Opened, Unread>> {
  const { parseRulebook } = await import('@quorate/rulebook')
  const read = parseRulebook(source.text, edition as EditionNumber) // a number of ours, from 1
  return read.kind === 'ok' ? ok({ ...source, rulebook: read.value }) : fail({ ...source, diagnostics: read.error })
}

/** The zone a rulebook reckons in; UTC when it names none. */
export async function zoneOf(rulebook: Rulebook): Promise<Zone> {
  const { onlyProvision } = await import('@quorate/rulebook')
  return onlyProvision(rulebook, 'calendar')?.rule.zone ?? ('UTC' as Zone) // the one zone that needs no clause
}
