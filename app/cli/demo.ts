import { randomInt } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { fail, ok, type Result } from '@quorate/kernel'
import { failed, misused, readArgs, type Command, type ExitCode, type Io } from './command.ts'
import { isTamperKind, neededFor, tamper, tamperKinds, type TamperKind, type Tampering } from './tamper.ts'

const usage = `Usage: quorate demo tamper [DOSSIER] [options]

Alters one thing at random on the record of the running demonstration, behind
the server's back, as somebody with a root shell could. Then let the verifier
find it. With DOSSIER, a file that was saved, alters a copy of it:
DOSSIER.tampered.json.

Options:
  --kind KIND   what to alter: ${tamperKinds.join(', ')}
  --show        say what was altered, instead of leaving it to the verifier
  --undo        put back what was altered on the running demonstration

Exit code: 0 done, 1 it could not be done, 2 wrong use.

Example: quorate demo tamper --kind total`

const options = { kind: { type: 'string' }, undo: { type: 'boolean' }, show: { type: 'boolean' } } as const

/** `quorate demo tamper`: anyone can watch a change being caught. */
export const command: Command = {
  name: 'demo',
  summary: 'Alter something in the demonstration, to see it caught',
  usage,
  run: async (args, io) => {
    const read = readArgs(args, options, { most: 2, each: 'one file at a time' })
    if (read.kind === 'fail') return misused(io, command, read.error)
    const { values, positionals } = read.value
    const [what, file] = positionals
    if (what !== 'tamper')
      return misused(io, command, what === undefined ? 'what about it? Try: quorate demo tamper' : `there is no "demo ${what}"`)
    const { kind = null, undo = false, show = false } = values
    if (kind !== null && !isTamperKind(kind))
      return misused(io, command, `--kind takes one of ${tamperKinds.join(', ')}, not "${kind}"`)
    if (undo && (file !== undefined || kind !== null))
      return misused(io, command, '--undo stands alone: a copy of a file has nothing to undo')
    if (file !== undefined) return tamperFile(file, kind, show, io)
    return undo ? undoDemo(io) : tamperDemo(kind, show, io)
  },
}

const dice = (below: number): number => (below < 1 ? 0 : randomInt(below))

async function tamperDemo(kind: TamperKind | null, show: boolean, io: Io): Promise<ExitCode> {
  const { addressOf, demoData, remembered, tamperDatabase } = await import('./tamper-database.ts')
  const data = demoData(io.env)
  if (data.kind === 'fail') return failed(io, command, data.error)
  const before = remembered(data.value.folder)
  if (show && before !== null && kind === null) {
    io.out(`${before.tampering.did}.\n`)
    return 0
  }
  const done = await tamperDatabase(data.value, kind, dice)
  if (done.kind === 'fail') return failed(io, command, done.error)
  const address = addressOf(io.env, data.value)
  io.out('Something on the record was altered behind the server’s back.\n')
  if (show) io.out(`${remembered(data.value.folder)?.tampering.did ?? ''}.\n`)
  io.out(
    `\nNow let it be found:\n  npx quorate verify ${address}/d/${done.value ?? 1}\nThen put it back:\n  npx quorate demo tamper --undo\n`,
  )
  return 0
}

async function undoDemo(io: Io): Promise<ExitCode> {
  const { demoData, undoDatabase } = await import('./tamper-database.ts')
  const data = demoData(io.env)
  if (data.kind === 'fail') return failed(io, command, data.error)
  const done = await undoDatabase(data.value)
  if (done.kind === 'fail') return failed(io, command, done.error)
  io.out(`Put back. What had been done: ${done.value}.\n`)
  return 0
}

async function tamperFile(file: string, kind: TamperKind | null, show: boolean, io: Io): Promise<ExitCode> {
  const altered = await alteredDossier(file, kind)
  if (altered.kind === 'fail') return failed(io, command, altered.error)
  const { text, tampering } = altered.value
  const copy = `${file.replace(/\.json$/, '')}.tampered.json`
  try {
    await writeFile(copy, text)
  } catch {
    return failed(io, command, `cannot write ${copy}`)
  }
  io.out(`Something was altered in a copy: ${copy}\n`)
  if (show) io.out(`${tampering.did}.\n`)
  io.out(`\nNow let it be found:\n  npx quorate verify ${copy}\n`)
  return 0
}

/** A dossier with one entry altered and its fingerprints left as they were. The error is a sentence. */
async function alteredDossier(
  file: string,
  kind: TamperKind | null,
): Promise<Result<{ readonly text: string; readonly tampering: Tampering }, string>> {
  const { dossierText, parseDossier } = await import('@quorate/verifier')
  const bytes = await readFile(file).catch(() => null)
  if (bytes === null) return fail(`cannot read ${file}`)
  const dossier = parseDossier(bytes)
  if (dossier.kind === 'fail') return fail(`${file} is not a dossier`)
  const { entries, decision } = dossier.value
  const done = tamper(entries, { kind, decision }, dice)
  if (done.kind === 'fail') return fail(kind === null ? `${file} holds nothing to alter` : `${file} holds no ${neededFor[kind]}`)
  const after = new Map(done.value.entries.map((entry) => [entry.index, entry.after]))
  const altered = entries.flatMap((entry) => {
    const bytesAfter = after.has(entry.index) ? (after.get(entry.index) ?? null) : entry.bytes
    return bytesAfter === null ? [] : [{ index: entry.index, bytes: bytesAfter }]
  })
  const leaves = dossier.value.leaves.map((leaf, i) => (after.get(i) === null ? null : leaf))
  return ok({ text: dossierText({ ...dossier.value, entries: altered, leaves }), tampering: done.value })
}
