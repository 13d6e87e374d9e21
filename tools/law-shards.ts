import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Of one law, how many of each thing it was asked; its cases come first. Written by the tests themselves, see packages/rulebook/test/how-often.ts. */
export type Told = { readonly law: string; readonly counts: Readonly<Record<string, number>> }

/** Adds up what the processes say, law by law, in the order in which the first process told them. */
export function summed(lines: readonly Told[]): readonly Told[] {
  return [...Map.groupBy(lines, ({ law }) => law)].map(([law, told]) => ({
    law,
    counts: told.reduce<Record<string, number>>(
      (sum, { counts }) => ({
        ...sum,
        ...Object.fromEntries(Object.entries(counts).map(([of, n]) => [of, (sum[of] ?? 0) + n])),
      }),
      {},
    ),
  }))
}

/** Laws that were asked too few cases. */
export const tooFew = (laws: readonly Told[], cases: number): readonly Told[] =>
  laws.filter(({ counts }) => (Object.values(counts)[0] ?? 0) < cases)

const grouped = new Intl.NumberFormat('en-GB')
/** A law as a line: `earliest dates: 100,000 procedures, 99,871 refusals`. */
export const lawText = ({ law, counts }: Told): string =>
  `${law}: ${Object.entries(counts)
    .map(([of, n]) => `${grouped.format(n)} ${of}`)
    .join(', ')}`

type Shard = { readonly ok: boolean; readonly output: string; readonly lines: readonly Told[] }

/** One process that asks its share; its words are passed on as they come. */
function shard(root: string, number: number, files: readonly string[], runs: number, told: string): Promise<Shard> {
  return new Promise((done) => {
    const env = { ...process.env, QUORATE_RUNS: String(runs), QUORATE_LAWS: told, NODE_OPTIONS: '--max-old-space-size=3000' }
    const child = spawn(process.execPath, ['tools/laws.mjs', ...files], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const hear = (chunk: string): void => {
      output += chunk
      process.stdout.write(chunk.replaceAll(/^(?=.)/gm, `     ${number}: `))
    }
    child.stdout.setEncoding('utf8').on('data', hear)
    child.stderr.setEncoding('utf8').on('data', hear)
    child.on('close', (code) => {
      const written = existsSync(told) ? readFileSync(told, 'utf8').trim().split('\n') : []
      done({ ok: code === 0, output, lines: written.map((line) => JSON.parse(line) as Told) }) // Written by our own tests.
    })
  })
}

/**
 * Asks the laws in these test files of at least so many random cases each, the usual number of a law being 1,000, in so many processes with seeds of
 * their own. Not ok where a law failed, or was asked too few.
 */
export async function askLaws(
  root: string,
  files: readonly string[],
  cases: number,
  processes: number,
): Promise<{ readonly ok: boolean; readonly text: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-laws-'))
  const numbers = Array.from({ length: processes }, (_, i) => i + 1)
  const shards = await Promise.all(numbers.map((n) => shard(root, n, files, cases / 1000 / processes, join(folder, `told-${n}`))))
  rmSync(folder, { recursive: true, force: true })
  const laws = summed(shards.flatMap(({ lines }) => lines))
  const few = tooFew(laws, cases)
  const failures = shards.flatMap(({ ok, output }) => (ok ? [] : [`\n\`\`\`\n${output.trim().slice(-4000)}\n\`\`\``]))
  const complaints = few.map(({ law }) => `\nAsked too few cases: ${law}.`)
  const text = `${processes} processes.\n\n${laws.map((law) => `- ${lawText(law)}`).join('\n')}`
  return { ok: failures.length === 0 && few.length === 0 && laws.length > 0, text: [text, ...complaints, ...failures].join('\n') }
}
