import { fail, ok, type Result } from '@quorate/kernel'
import type { Locale } from '#lib/platform/words.ts'

/** One member of a registrar's own list. `address` is where the code goes: e-mail or post, as it stands in the list. */
export type Addressee = { readonly member: number; readonly name: string; readonly address: string; readonly locale: Locale }

/** Why a list was not taken; `line` counts from 1. */
export type ListFault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'twice'; readonly member: number }

/** Rows and cells of a list with separators (RFC 4180): quoted cells may hold separators, line ends and doubled quotes. */
function rowsOf(text: string, separator: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]]
  let [cell, quoted] = ['', false]
  const endCell = (): void => {
    rows.at(-1)?.push(cell.trim())
    cell = ''
  }
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i)
    if (quoted) {
      if (c !== '"') cell += c
      else if (text.charAt(i + 1) === '"') {
        cell += c
        i++
      } else quoted = false
    } else if (c === '"' && cell.trim() === '') [cell, quoted] = ['', true]
    else if (c === separator) endCell()
    else if (c === '\n') {
      endCell()
      rows.push([])
    } else cell += c
  }
  endCell()
  return rows
}

/**
 * Reads a registrar's own list: membership number, name, address, and where wished the language (`en`, `cy`), a line each, with commas, semicolons or tabs
 * between. A first line without a number is taken as headings.
 */
export function parseAddressList(text: string): Result<ReadonlyMap<number, Addressee>, ListFault> {
  const plain = text.replace(/^\uFEFF/, '')
  const [first = ''] = plain.split('\n', 1)
  const separator = ['\t', ';', ','].find((mark) => first.includes(mark)) ?? ','
  const known = new Map<number, Addressee>()
  for (const [i, [number = '', name = '', address = '', language = '']] of rowsOf(plain, separator).entries()) {
    if (`${number}${name}${address}` === '') continue
    const member = /^\d{1,15}$/.test(number) ? Number(number) : 0
    if (member === 0 && i === 0) continue
    if (member === 0 || name === '' || address === '') return fail({ kind: 'line', line: i + 1 })
    if (known.has(member)) return fail({ kind: 'twice', member })
    known.set(member, { member, name, address, locale: language.toLowerCase() === 'cy' ? 'cy' : 'en' })
  }
  return known.size === 0 ? fail({ kind: 'empty' }) : ok(known)
}

/** A cell of a list as other programs read it. What begins like a formula is kept from being one. */
export const cellOf = (text: string): string => {
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
