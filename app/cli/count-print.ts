// A finished count on its way out: as text, as a file, as a certificate.
import type { AsIfCount, ChoicePoint, Count, CountWords, Subject } from '@quorate/counting'
import { lotSeedOfWords, wordsIn } from '@quorate/counting/lazy'
import { failed, type ExitCode, type Io } from './command.ts'
import type { CountAsked } from './count-asked.ts'
import { plain, wrapped } from './stage-table.ts'

// What docs/spec/count-certificate.md covers.
const certified: ReadonlySet<string> = new Set(['scottish-stv@1', 'nz-meek@1', 'meek-reference@1', 'ers97@1'])

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
      'there is no certificate for this kind of count: only for scottish-stv, nz-meek, meek-reference and ers97',
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
  const { constraint, counts, elected } = asIf
  const words = await wordsOf(asked)
  if (asked.values.json === true) {
    const { accountJson } = await import('@quorate/counting')
    io.out(
      jsonText({
        elected,
        quota: { name: constraint.name, clause: constraint.clause, least: constraint.least, most: constraint.most },
        counts: counts.map(({ purpose, seats, count }) => ({
          purpose,
          seats,
          count: accountJson(count, { ...subject, seats }, words),
        })),
        chosen: Object.fromEntries(asked.given),
      }),
    )
    return 0
  }
  const named = (candidates: readonly number[]): string =>
    candidates.length === 0 ? 'nobody' : candidates.map((c) => plain(subject.names[c] ?? '')).join(', ')
  const inGroup = (candidates: readonly number[]): number => candidates.filter((c) => constraint.members.includes(c)).length
  const bounds = [
    ...(constraint.least > 0 ? [`at least ${constraint.least}`] : []),
    ...(constraint.most === null ? [] : [`at most ${constraint.most}`]),
  ]
  const lines = counts.map(({ purpose, seats, count }) =>
    wrapped(
      `${purpose === 'as it is' ? 'As it is' : `As if ${purpose}`}, ${seats} ${seats === 1 ? 'place' : 'places'}: ${named(count.elected)} (${inGroup(count.elected)} of the group).`,
      io.columns,
      '  ',
    ),
  )
  const [first] = counts
  io.out(
    [
      wrapped(`Elected: ${named(elected)}.`, io.columns, '  '),
      wrapped(
        `Quota “${plain(constraint.name)}” (${plain(constraint.clause)}): ${bounds.join(', ')}; ${inGroup(elected)} elected. ${counts.length === 1 ? 'The count as it is meets it.' : 'Met by counting again as if there were more places and fewer.'}`,
        io.columns,
        '  ',
      ),
      lines.join('\n'),
      first === undefined
        ? ''
        : `The count as it is:\n\n${await textOf(first.count, { ...subject, seats: first.seats }, asked, words, io)}`,
    ].join('\n\n'),
  )
  return 0
}
