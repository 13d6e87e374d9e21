import { english, stageTable, standings, stvMethod, whyNotElected, type Contest, type StvCount } from '@quorate/counting'
import type { Io } from './command.ts'
import { plain, standingText, tableText, wrapped } from './stage-table.ts'

/** A whole count for reading: who was elected, the stage table, a sentence and the clauses for each stage, and why the others were not. */
export function countText(count: StvCount, profile: Contest, io: Pick<Io, 'columns' | 'colour'>): string {
  const bold = (text: string): string => (io.colour ? `\u001b[1m${text}\u001b[22m` : text)
  const columns = Math.max(40, io.columns)
  const ends = standings(count, profile.withdrawn)
  const name = (c: number): string => plain(profile.candidates[c] ?? '')
  const table = stageTable(count, profile)
  const method = stvMethod(count.method)
  const parts: string[] = []
  const title = profile.title === '' ? '' : `${bold(plain(profile.title))}\n`
  const invalid = count.invalid === 0 ? '' : `, ${count.invalid} without a clear first preference`
  const seats = `${count.seats} ${count.seats === 1 ? 'seat' : 'seats'}`
  parts.push(
    title +
      wrapped(
        `${seats}, ${count.valid} valid papers${invalid}, quota ${quotaText(table.quotas)}. Method ${count.method}: ${method?.authority ?? ''}${paramsText(count)}.`,
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
    `${tableText(table, columns, bold)}\n\n${wrapped(`* elected   - no longer in the count.${lossText(count)}`, columns)}`,
  )
  const stages = count.stages.map(({ number, acts }) => {
    const clauses = [...new Set(acts.map(({ clause }) => clause))].join(', ')
    return wrapped(
      `${english.stage(count, number, profile.candidates)} [${method?.clauseWord ?? 'rule'} ${clauses}]`,
      columns,
      '  ',
    )
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

/** The quota, or the first and the last where it moved; a whole number without decimals. */
function quotaText(quotas: readonly string[]): string {
  const bare = quotas.map((quota) => quota.replace(/\.0+$/, ''))
  const [first = '', last = ''] = [bare[0], bare.at(-1)]
  return first === last ? first : `${first}, at the end ${last}`
}

const paramsText = (count: StvCount): string =>
  Object.entries(count.params)
    .map(([name, value]) => `, ${name} ${JSON.stringify(value).replaceAll('"', '')}`)
    .join('')

function lossText(count: StvCount): string {
  switch (count.method) {
    case 'scottish-stv@1':
      return ' Non-transferable includes what is lost by cutting values to five places.'
    case 'ers97@1':
      return ' Non-transferable includes what is lost by cutting values to two places.'
    case 'nz-meek@1':
    case 'meek-reference@1':
    case 'irv@1':
      return ''
  }
}
