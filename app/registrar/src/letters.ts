import { linkCode } from '@quorate/ballots'
import { votingLetter } from '#lib/features/elections/words.ts'
import type { Letter } from '#lib/platform/mail/letter.ts'
import { cellOf } from './address-list.ts'
import type { Coded, KeptBallot } from './keeping.ts'
import type { RegistrarTask } from './task.ts'

/** What a letter takes from the election, once its timetable is set. */
export type Announced = Pick<RegistrarTask, 'title' | 'closesAt' | 'zone' | 'address' | 'uuid' | 'officer' | 'fingerprint'>

/** What stands behind `#` in a member's link. */
const linkPart = ({ fingerprint }: Announced, { code }: Coded): string =>
  fingerprint === null ? code : linkCode(code, fingerprint)

const letterOf = (about: Announced, to: Coded, again: boolean): Letter =>
  votingLetter(to.locale, { ...about, code: linkPart(about, to), givenName: to.name, votingKey: to.key, again })

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (c) => entities[c] ?? c)

const style =
  'body{font:16px/1.5 serif;margin:2cm auto;max-width:36em;padding:0 1em}article{break-after:page}' +
  'article+article{margin-top:4cm}.to{white-space:pre-line;margin-bottom:2cm}.code{font:16px/1.5 monospace;overflow-wrap:anywhere}' +
  '@media print{article+article{margin-top:0}}'

function sheetOf(about: Announced, to: Coded, again: boolean): string {
  const letter = letterOf(about, to, again)
  const parts = letter.parts.map((part) =>
    typeof part === 'string' ? `<p>${escaped(part)}</p>` : `<p class="code">${escaped(part.url)}</p>`,
  )
  return (
    `<article lang="${to.locale === 'en' ? 'en-GB' : 'cy'}"><p class="to">${escaped(to.name)}\n${escaped(to.address)}</p>` +
    `<h1>${escaped(letter.subject)}</h1>${parts.join('')}<hr><p><small>${escaped(letter.foot)}</small></p></article>`
  )
}

/** Letters of some members as one page, a sheet each, to be printed. */
export const lettersPage = (about: Announced, members: readonly Coded[], again = false): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(about.title)}</title><style>${style}</style></head><body>` +
  `${members.map((to) => sheetOf(about, to, again)).join('')}</body></html>`

/** A list for a mail merge, a line for each member: number, name, address, language, subject, link, code, and the line of the public list. */
export function mergeList(about: Announced, { members }: KeptBallot): string {
  const rows = members.map((to) => {
    const { subject } = letterOf(about, to, false)
    const link = `${about.address}/vote/${about.uuid}#${linkPart(about, to)}`
    return [String(to.member), to.name, to.address, to.locale, subject, link, to.code, to.key]
  })
  return [['member', 'name', 'address', 'language', 'subject', 'link', 'code', 'public key'], ...rows]
    .map((row) => `${row.map(cellOf).join(',')}\r\n`)
    .join('')
}

/** After voting: for each member, whether their code was used. It says nothing of how anybody voted. */
export function takenPart(members: readonly Coded[], used: readonly string[]): string {
  const keys = new Set(used)
  const rows = members.map(({ member, name, address, key }) => [String(member), name, address, keys.has(key) ? 'yes' : 'no'])
  return [['member', 'name', 'address', 'code used'], ...rows].map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')
}
