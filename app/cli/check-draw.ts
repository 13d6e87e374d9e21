import { readFileSync } from 'node:fs'
import { failed, misused, readArgs, type Command, type ExitCode, type Io } from './command.ts'

const usage = `Usage: quorate check-draw FILE [options]

Checks a published draw of a panel, with a program that shares no code with the
one that drew: every panel meets every quota, the chances are as said, and the
seed gives this panel and these reserves. The first field that is wrong is named.

Options:
  --lot-seed WORDS  the words agreed in public from which the lot was drawn
  --seed HEX        the seed itself, as it is publicly known
  --json            print the answer as JSON

Exit code: 0 the draw holds, 1 it does not, 2 wrong use.

Example: quorate check-draw panel.json`

const options = { 'lot-seed': { type: 'string' }, seed: { type: 'string' }, json: { type: 'boolean' } } as const

/** `quorate check-draw`: a published draw is checked. */
export const command: Command = {
  name: 'check-draw',
  summary: 'Check the draw of a panel',
  usage,
  run: async (args, io) => {
    const read = readArgs(args, options)
    if (read.kind === 'fail') return misused(io, command, read.error)
    const { values, positionals } = read.value
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) return misused(io, command, 'which file? One draw at a time')
    const { 'lot-seed': words, seed, json = false } = values
    if (words !== undefined && seed !== undefined) return misused(io, command, '--lot-seed or --seed, not both')
    if (seed !== undefined && !/^[0-9a-f]{64}$/.test(seed)) return misused(io, command, '--seed takes 64 hex digits')
    return checkFile(file, words, seed, json, io)
  },
}

async function checkFile(
  file: string,
  words: string | undefined,
  hex: string | undefined,
  json: boolean,
  io: Io,
): Promise<ExitCode> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return failed(io, command, `cannot read ${file}`, 'Give the path of a published draw.')
  }
  const [{ checkDraw }, { lotSeedOfWords }, { toHex }] = await Promise.all([
    import('@quorate/verifier'),
    import('@quorate/counting'),
    import('@quorate/kernel'),
  ])
  const seed = words === undefined ? hex : toHex(lotSeedOfWords(words))
  const checked = checkDraw(text.trimEnd(), seed)
  const holds = checked.kind === 'ok'
  if (json) io.out(`${JSON.stringify(holds ? { holds, panel: checked.value } : { holds, ...checked.error })}\n`)
  else if (!holds) {
    const { path, expected, found } = checked.error
    io.out(`The draw does not hold.\n  field     ${path}\n  must say  ${expected}\n  says      ${found}\n`)
  } else if (checked.value.length === 0) io.out('The lottery holds. Nobody has been drawn yet.\n')
  else io.out(`The draw holds. Drawn, by number on the roll from 0: ${checked.value.join(', ')}.\n`)
  return holds ? 0 : 1
}
