import { decimalText, english, stageTable, standings, whyNotElected, type Profile, type StvCount } from '@quorate/counting'
import type { Io } from './command.ts'
import { plain, standingText, tableText, wrapped } from './stage-table.ts'

/** A whole count for reading: who was elected, the stage table, a sentence and the clauses for each stage, and why the others were not. */
export function countText(count: StvCount, profile: Profile, io: Pick<Io, 'columns' | 'colour'>): string {
  const bold = (text: string): string => (io.colour ? `\u001b[1m${text}\u001b[22m` : text)
  const columns = Math.max(40, io.columns)
  const ends = standings(count, profile.withdrawn)
  const name = (c: number): string => plain(profile.candidates[c] ?? '')
  const parts: string[] = []
  const title = profile.title === '' ? '' : `${bold(plain(profile.title))}\n`
  const invalid = count.invalid === 0 ? '' : `, ${count.invalid} without a clear first preference`
  const seats = `${count.seats} ${count.seats === 1 ? 'seat' : 'seats'}`
  parts.push(
    title +
      wrapped(
        `${seats}, ${count.valid} valid papers${invalid}, quota ${decimalText(count.quota, 0).slice(0, -count.places)}. Method ${count.method}: Scottish Local Government Elections Order 2007, rules 45 to 52.`,
        columns,
      ),
  )
  const elected = count.elected.map((c) => {
    const ended = standingText(ends[c] ?? { kind: 'withdrawn' })
    return `  ${wrapped(`${name(c)}, ${ended}`, columns - 2, '    ').replace(name(c), () => bold(name(c)))}`
  })
  if (count.unfilled > 0) elected.push(`  (${count.unfilled} unfilled)`)
  parts.push(['Elected:', ...elected].join('\n'))
  parts.push(
    `${tableText(stageTable(count, profile), columns, bold)}\n\n${wrapped('* elected   - no longer in the count. Non-transferable includes what is lost by cutting values to five places.', columns)}`,
  )
  const stages = count.stages.map(({ number, acts }) => {
    const clauses = [...new Set(acts.map(({ clause }) => clause))].join(', ')
    return wrapped(`${english.stage(count, number, profile.candidates)} [rule ${clauses}]`, columns, '  ')
  })
  parts.push(stages.join('\n'))
  const others = profile.candidates.flatMap((_, c) => {
    const why = whyNotElected(count, c, profile.withdrawn)
    return why === null ? [] : [wrapped(english.notElected(why, count, profile.candidates), columns, '  ')]
  })
  if (others.length > 0) parts.push(['Not elected:', ...others].join('\n'))
  if (count.lots.length > 0 && count.lotOrder !== null) {
    parts.push(wrapped(`Lot order, first preferred: ${count.lotOrder.map(name).join(', ')}.`, columns, '  '))
  }
  parts.push(wrapped(`Fingerprint of what was counted: ${count.profileHash}`, columns, '  '))
  return `${parts.join('\n\n')}\n`
}
