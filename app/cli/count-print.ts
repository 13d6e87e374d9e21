// A finished count on its way out: as text, as a file, as a certificate.
import type { AsIfCount, ChoicePoint, Count, CountWords, Subject } from '@quorate/counting'
import { lotSeedOfWords, wordsIn } from '@quorate/counting/lazy'
import { failed, type ExitCode, type Io } from './command.ts'
import type { CountAsked } from './count-asked.ts'
import { plain, wrapped } from './stage-table.ts'

// What docs/spec/count-certificate.md covers.
const certified: ReadonlySet<string> = new Set(['scottish-stv@1', 'nz-meek@1', 'meek-reference@1', 'ers97@1', 'irv@1'])

const wordsOf = ({ values }: CountAsked): Promise<CountWords> => wordsIn(values.language === 'cy' ? 'cy' : 'en')

/** Prints the certificate of a count that has one. */
export async function printCertificate(
  count: Count,
  subject: Subject,
  { values, command }: CountAsked,
  io: Io,
): Promise<ExitCode> {
  if (count.kind !== 'stv' || !certified.has(count.method))
    return failed(
      io,
      command,
      'there is no certificate for this kind of count: only for scottish-stv, nz-meek, meek-reference, ers97 and irv',
    )
  const { certificateOf } = await import('@quorate/counting')
  const { title, names, withdrawn, seats } = subject
  const words = values['lot-seed']
  const seed = words === undefined ? null : lotSeedOfWords(words)
  io.out(`${certificateOf(count, { title, candidates: names, withdrawn, seats }, seed)}\n`)
  return 0
}

/** Prints a count as text or in the form asked for. */
export async function printCount(count: Count, subject: Subject, asked: CountAsked, io: Io): Promise<ExitCode> {
  const { values, given } = asked
  const words = await wordsOf(asked)
  if (values.json === true || values.csv === true || values.svg === true) {
    const { accountCsv, accountJson, accountSvg } = await import('@quorate/counting')
    if (values.csv === true) io.out(accountCsv(count, subject, words))
    else if (values.svg === true) io.out(accountSvg(count, subject, words))
    else io.out(jsonText({ ...accountJson(count, subject, words), chosen: Object.fromEntries(given) }))
  } else io.out(await textOf(count, subject, asked, words, io))
  return 0
}

async function textOf(count: Count, subject: Subject, { ready, given }: CountAsked, words: CountWords, io: Io): Promise<string> {
  const { countText } = await import('./count-text.ts')
  const open: readonly ChoicePoint[] = ready.method.open
  const params = open.flatMap(({ name }) => (given.has(name) ? [`${name} ${given.get(name) ?? ''}`] : []))
  return countText(count, subject, { method: ready.method, params, words }, io)
}

const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** Prints the counts made to meet a quota: who is elected, what each count gave, and the first count in full. */
export async function printAsIf(asIf: AsIfCount, subject: Subject, asked: CountAsked, io: Io): Promise<ExitCode> {
  const words = await wordsOf(asked)
  const { asIfAccount, asIfJson } = await import('@quorate/counting')
  if (asked.values.json === true) {
    io.out(jsonText({ ...asIfJson(asIf, subject, words), chosen: Object.fromEntries(asked.given) }))
    return 0
  }
  const { headline, quota, counts, heading } = asIfAccount(asIf, subject, words)
  const line = (text: string): string => wrapped(plain(text), io.columns, '  ')
  const [first] = asIf.counts
  const inFull = first === undefined ? '' : await textOf(first.count, { ...subject, seats: first.seats }, asked, words, io)
  io.out([line(headline), line(quota), counts.map(line).join('\n'), `${heading}:\n\n${inFull}`].join('\n\n'))
  return 0
}
