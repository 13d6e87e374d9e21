import type { Account, Count, CountMethod, CountWords, Subject } from '@quorate/counting'
import { accountIn } from '@quorate/counting/lazy'
import type { Io } from './command.ts'
import { plain, tableText, wrapped } from './stage-table.ts'

/** How it was counted: the method, its params as texts, and the language to tell it in. */
export type CountedBy = { readonly method: CountMethod; readonly params: readonly string[]; readonly words: CountWords }

/** A whole count for reading: the outcome, its tables, a sentence and the clauses for each stage, and why the others were not chosen. */
export async function countText(
  count: Count,
  subject: Subject,
  by: CountedBy,
  io: Pick<Io, 'columns' | 'colour'>,
): Promise<string> {
  const bold = (text: string): string => (io.colour ? `\u001b[1m${text}\u001b[22m` : text)
  const columns = Math.max(40, io.columns)
  const account = await accountIn(count, subject, by.words)
  const { phrases } = by.words
  const parts: string[] = []
  const title = account.title === '' ? '' : `${bold(plain(account.title))}\n`
  const params = by.params.map((param) => `, ${param}`).join('')
  const facts =
    count.kind === 'stv' ? stvFacts(count, account) : account.facts.map(({ name, value }) => `${name} ${value}`).join(', ')
  parts.push(title + wrapped(`${facts}. Method ${account.method}: ${by.method.authority}${params}.`, columns))
  parts.push(outcomeText(count, account, columns, bold))
  for (const table of account.tables) {
    const note = table.id === 'stages' ? `\n\n${wrapped(`* elected   - no longer in the count.${lossText(count)}`, columns)}` : ''
    const caption = table.id === 'stages' ? '' : `${wrapped(table.caption, columns)}\n`
    parts.push(`${caption}${tableText(table, account, columns, bold)}${note}`)
  }
  const stages = account.stages.map(({ number, text, clauses }) => {
    const cited = clauses.length === 0 || by.method.clauseWord === null ? '' : ` [${by.method.clauseWord} ${clauses.join(', ')}]`
    return wrapped(`${phrases.stv.stage(number, text)}${cited}`, columns, '  ')
  })
  parts.push(stages.join('\n'))
  const others = account.options.flatMap(({ whyNot }) => (whyNot === null ? [] : [wrapped(whyNot, columns, '  ')]))
  if (others.length > 0) parts.push([notChosen(count), ...others].join('\n'))
  if (account.lot !== null) parts.push(wrapped(`Lot order, first preferred: ${lotText(count, account, subject)}.`, columns, '  '))
  if (account.profileHash !== null) parts.push(wrapped(`Fingerprint of what was counted: ${account.profileHash}`, columns, '  '))
  return `${parts.join('\n\n').trimEnd()}\n`
}

const lotText = (count: Count, account: Account, { names }: Subject): string =>
  'lotOrder' in count && count.lotOrder !== null
    ? count.lotOrder.map((c) => plain(names[c] ?? '')).join(', ')
    : (account.lot ?? '')

const notChosen = (count: Count): string =>
  count.kind === 'budget' ? 'Not funded:' : count.kind === 'majority' ? 'Why:' : 'Not elected:'

function outcomeText(count: Count, account: Account, columns: number, bold: (text: string) => string): string {
  if (count.kind === 'budget' || count.kind === 'majority' || count.kind === 'two-round')
    return bold(wrapped(account.headline, columns))
  const elected = account.options
    .filter(({ chosen }) => chosen)
    .map(({ name, standing }) => {
      const text = count.kind === 'stv' ? `${plain(name)}, ${standing}` : plain(name)
      return `  ${wrapped(text, columns - 2, '    ').replace(plain(name), () => bold(plain(name)))}`
    })
  if (count.kind === 'stv' && count.unfilled > 0) elected.push(`  (${count.unfilled} unfilled)`)
  return ['Elected:', ...elected].join('\n')
}

type Stv = Extract<Count, { readonly kind: 'stv' }>

function stvFacts(count: Stv, account: Account): string {
  const invalid = count.invalid === 0 ? '' : `, ${count.invalid} without a clear first preference`
  const seats = `${count.seats} ${count.seats === 1 ? 'seat' : 'seats'}`
  const quotas = account.stages.map(({ line }) => line?.figure.replaceAll(',', '') ?? '')
  const [first = '', last = ''] = [quotas[0], quotas.at(-1)]
  return `${seats}, ${count.valid} valid ${count.valid === 1 ? 'paper' : 'papers'}${invalid}, ${count.method === 'irv@1' ? 'majority' : 'quota'} ${first === last ? first : `${first}, at the end ${last}`}`
}

function lossText(count: Count): string {
  if (count.kind !== 'stv') return ''
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
