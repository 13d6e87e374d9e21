import { writeFile } from 'node:fs/promises'
import { failed, misused, readArgs, type Command } from './command.ts'

const usage = `Usage: quorate archive URL | FILE [--out FOLDER]

Writes the archive of a decision's ballot as Belenios has it (format 1, .bel),
from the decision's dossier, so that somebody else's tool can check it:

  cd FOLDER && belenios-tool election verify

That tool alone does not prove an opening, nor that no ballot was held back to
undo a later one: the proofs of both stand beside the archive, on the record.
quorate verify demands them.

Options:
  --out FOLDER   where to write it (default: here)

Exit code: 0 written, 1 there is none to write, 2 wrong use.

Example: quorate archive https://lantern.example/d/12`

const options = { out: { type: 'string' } } as const

const sentences = {
  'no election was set up': 'this decision has no ballot yet',
  'a document of the election is missing': 'the dossier lacks a document of its ballot',
  'an entry cannot be read': 'an entry of the dossier cannot be read; quorate verify says which',
} as const

/** `quorate archive`: a ballot for somebody else's tool. */
export const command: Command = {
  name: 'archive',
  summary: 'Write a ballot as Belenios has it, for another tool',
  usage,
  run: async (args, io) => {
    const read = readArgs(args, options, { most: 1, each: 'one dossier at a time' })
    if (read.kind === 'fail') return misused(io, command, read.error)
    const { values, positionals } = read.value
    const [typed] = positionals
    if (typed === undefined) return misused(io, command, 'of which dossier? Give a file, or the address of a decision')
    const [{ dossierSource, readSource }, { electionArchive, parseDossier }] = await Promise.all([
      import('./dossier-source.ts'),
      import('@quorate/verifier'),
    ])
    const source = dossierSource(typed)
    if (source.kind === 'fail') return misused(io, command, source.error)
    const bytes = await readSource(source.value)
    if (bytes.kind === 'fail') return failed(io, command, `cannot read ${typed}: ${bytes.error}`)
    const dossier = parseDossier(bytes.value)
    if (dossier.kind === 'fail')
      return failed(io, command, `${typed} is no dossier: expected ${dossier.error.expected}`, 'Try: quorate verify on it')
    const archive = electionArchive(dossier.value)
    if (archive.kind === 'fail') return failed(io, command, sentences[archive.error])
    const path = `${(values.out ?? '.').replace(/\/+$/, '')}/${archive.value.name}`
    try {
      await writeFile(path, archive.value.bytes)
    } catch (error) {
      return failed(io, command, `cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`)
    }
    io.out(`${path}\n`)
    return 0
  },
}
