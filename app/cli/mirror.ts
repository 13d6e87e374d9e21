import { fail, ok, type Result } from '@quorate/kernel'
import type { LogSource } from './mirror-folder.ts'
import { failed, misused, readArgs, type Command, type Io, type ExitCode } from './command.ts'

const usage = `Usage: quorate mirror URL FOLDER --key KEY
       quorate mirror --check FOLDER --key KEY

Keeps a copy of a movement's public record as plain files, which any web server
can serve (c2sp.org/tlog-tiles). Each run fetches what is new, hashes everything
again and takes nothing that does not continue the copy. Where the server shows
another history than the copy holds, it says so, keeps the proof and ends with 1.

URL is the address of the log, such as https://lantern.example/log.

Options:
  --key KEY   the log's key, as its page "Check it yourself" shows it
  --check     check the copy alone, without any network (fsck)

Exit code: 0 the copy is sound and current, 1 it is not, 2 wrong use, 3 nothing
is wrong with what is here, but entries are missing from the copy.

Example: quorate mirror https://lantern.example/log ./lantern --key 'lantern/record+…'`

const options = { key: { type: 'string' }, check: { type: 'boolean' } } as const

/** `quorate mirror`: a copy of a log that anybody can keep. */
export const command: Command = {
  name: 'mirror',
  summary: 'Keep and check a copy of a public record',
  usage,
  run: async (args, io) => {
    const read = readArgs(args, options)
    if (read.kind === 'fail') return misused(io, command, read.error)
    const { values, positionals } = read.value
    const { parseVerifierKey } = await import('@quorate/record')
    const key = parseVerifierKey(values.key ?? '')
    if (key.kind === 'fail' || key.value.type !== 1)
      return misused(io, command, '--key takes the key of a log, such as lantern.example/record+5f3a90c1+AQ…')
    const trust = { log: key.value, witnesses: [], quorum: 0 }
    const wanted = values.check === true ? 1 : 2
    if (positionals.length !== wanted)
      return misused(io, command, wanted === 1 ? 'give one FOLDER to check' : 'give the URL of a log and a FOLDER')
    const [first = '', folder = ''] = positionals
    if (values.check === true) return checkOne(first, trust, io)
    if (!/^https?:\/\//.test(first) || !URL.canParse(first)) return misused(io, command, `"${first}" is not the address of a log`)
    return updateOne(first.replace(/\/+$/, ''), folder, trust, io)
  },
}

type TrustOf = Parameters<(typeof import('./mirror-folder.ts'))['checkLogFiles']>[2]

async function checkOne(folder: string, trust: TrustOf, io: Io): Promise<ExitCode> {
  const { checkLogFiles, checkPartialLog, filesOf, mirrorNote } = await import('./mirror-folder.ts')
  const note = await mirrorNote(folder)
  if (note === null) return failed(io, command, `${folder} holds no copy of a log`)
  const partial = checkPartialLog(note, filesOf(folder), trust)
  if (partial.kind === 'ok' && partial.value !== null) {
    const { checkpoint, checked, missing } = partial.value
    const n = (count: number): string => count.toLocaleString('en-GB')
    const ranges = missing.map(({ from, to }) => (to - from === 1 ? n(from) : `${n(from)} to ${n(to - 1)}`)).join(', ')
    io.out(
      `Sound in part: of ${n(checkpoint.size)} entries, ${n(checked)} are here and were hashed again. Not here: ${ranges}.\n` +
        'The hashes of those give the signed root with the rest, so nothing else was changed; what they say could not be checked.\n',
    )
    return 3
  }
  const checked = checkLogFiles(note, filesOf(folder), trust)
  if (checked.kind === 'fail') return failed(io, command, `the copy is damaged. ${checked.error}`)
  io.out(`Sound: ${checked.value.checkpoint.size.toLocaleString('en-GB')} entries, each hashed again.\n`)
  return 0
}

async function updateOne(url: string, folder: string, trust: TrustOf, io: Io): Promise<ExitCode> {
  const { updateMirror } = await import('./mirror-folder.ts')
  const done = await updateMirror(folder, sourceAt(url), trust)
  if (done.kind === 'fail') return failed(io, command, done.error)
  const n = (count: number): string => count.toLocaleString('en-GB')
  switch (done.value.kind) {
    case 'grown':
      io.out(`The copy has grown from ${n(done.value.from)} to ${n(done.value.to)} entries and is sound.\n`)
      return 0
    case 'current':
      io.out(`The copy of ${n(done.value.size)} entries is sound and current.\n`)
      return 0
    case 'behind':
      return failed(
        io,
        command,
        `the server shows ${n(done.value.size)} entries, fewer than the ${n(done.value.ours)} it has shown before`,
      )
    case 'split view':
      return failed(
        io,
        command,
        `SPLIT VIEW: the server shows another history than this copy holds${done.value.entry === null ? '' : `, from entry ${n(done.value.entry)} on`}`,
        `Both are signed by the log’s key. The proof is kept: ${folder}/checkpoint and ${folder}/${done.value.file}. Show them to others.`,
      )
  }
}

const timeoutMs = 30_000
const bytesMax = 32_000_000

/** A log served over HTTP. */
function sourceAt(url: string): LogSource {
  const get = async (path: string): Promise<Result<Uint8Array, string>> => {
    try {
      const answer = await fetch(`${url}/${path}`, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) })
      if (!answer.ok) return fail(`the server answered ${String(answer.status)}`)
      const bytes = new Uint8Array(await answer.arrayBuffer())
      return bytes.length > bytesMax ? fail('it is too long') : ok(bytes)
    } catch (error) {
      const { readingFault } = await import('./reading.ts')
      return fail(readingFault(error))
    }
  }
  return {
    file: get,
    checkpoint: async () => {
      const bytes = await get('checkpoint')
      return bytes.kind === 'ok' ? ok(new TextDecoder().decode(bytes.value)) : bytes
    },
  }
}
