import { createHash } from 'node:crypto'
import { electionFingerprint, linkCode } from '@quorate/ballots'
import { parseZone, type Random, type Result } from '@quorate/kernel'
import { votingLetter, type RegistrarElection, type RegistrarWork } from '#lib/features/elections/words.ts'
import { renderLetter } from '#lib/platform/mail/letter.ts'
import type { Transport } from '#lib/platform/mail/transport.ts'
import { makeCodes, signCodes } from './codes.ts'
import type { Coded, Codes, Known, Mailed, RegistrarFolder } from './folder.ts'
import type { OnRecord } from './on-record.ts'
import { checkFrozenRoll } from '../../registrar/src/frozen-roll.ts'
import type { ServerLink } from './server-link.ts'

/** What the registrar works with. `say` tells the person who runs it what happened, a sentence at a time. */
export type Desk = {
  readonly folder: RegistrarFolder
  readonly server: ServerLink
  /** Where members reach the server, as whoever runs this program typed it: the server's own word would send codes anywhere. */
  readonly address: string
  /** What the record has of an election; fails when it could not be fetched. */
  readonly onRecord: (decision: number, codes: Codes) => Promise<Result<OnRecord, string>>
  /** Elections that the record showed wrongly: nothing more is done for them until a person has looked and started the program again. */
  readonly halted: Set<string>
  readonly transport: Transport
  readonly random: Random
  readonly now: () => number
  readonly say: (sentence: string) => void
}

/** Links mailed again to one member within an hour: the server may not make this program pester anybody. */
const perHour = 3
/** Mails sent side by side, and the lines written to the journal at once. */
const atOnce = 8
const hourMs = 3_600_000

/**
 * One look at the server and all that follows from it: codes for frozen rolls, mails for open ballots, requests for a link, codes of closed ballots
 * destroyed. Every step can be cut short anywhere and is taken up again at the next look. False when the server or the mail could not be reached.
 */
export async function lookOnce(desk: Desk): Promise<boolean> {
  const work = await desk.server.work()
  if (work.kind === 'fail') {
    desk.say(work.error)
    return false
  }
  let reached = true
  for (const election of work.value.elections) {
    if (election.state === 'to-issue') reached = (await issue(desk, election)) && reached
    if (election.state === 'open') reached = (await mail(desk, work.value, election)) && reached
    if (election.state === 'closed') reached = (await finish(desk, election)) && reached
  }
  return reached
}

/**
 * Looks whether the record sets an election up with just the lists of this folder; φ then, and whether its box is closed. Null while it does not say so, which
 * a person is told loudly where it says otherwise.
 */
async function confirmed(
  { onRecord, halted, say }: Desk,
  election: RegistrarElection,
  codes: Codes,
): Promise<{ readonly phi: string; readonly closed: boolean } | null> {
  if (halted.has(election.uuid)) return null
  const looked = await onRecord(election.decision, codes)
  if (looked.kind === 'fail') {
    say(looked.error)
    return null
  }
  const found = looked.value
  if (found.kind === 'own') return { phi: electionFingerprint(found.election), closed: found.closed }
  if (found.kind === 'not yet') {
    say(`“${election.title}” is not on the record yet`)
    return null
  }
  halted.add(election.uuid)
  say(
    `STOP. “${election.title}”: ${found.why}. I mail nobody and destroy nothing for this ballot. Tell the members, and whoever runs the server; ` +
      'when it is cleared up, start me again',
  )
  return null
}

/** Voting has closed, says the server: the codes go when the record says so as well, still with this registrar's own lists. */
async function finish(desk: Desk, election: RegistrarElection): Promise<boolean> {
  const codes = await desk.folder.codesOf(election.uuid)
  if (codes === null) return true
  const found = await confirmed(desk, election, codes)
  if (found?.closed !== true) return false
  await desk.folder.destroyCodes(election.uuid)
  desk.say(`voting on “${election.title}” has closed: its voting codes are destroyed`)
  return true
}

/** Makes the codes of a frozen roll once, keeps them, then publishes what may be public. Codes that exist are never made again. */
async function issue({ folder, server, random, say }: Desk, election: RegistrarElection): Promise<boolean> {
  let codes = await folder.codesOf(election.uuid)
  if (codes === null) {
    const roll = checkFrozenRoll(election)
    if (roll.kind === 'fail') {
      say(`no voting codes for “${election.title}”: ${roll.error}`)
      return true
    }
    const known = await addressesFor({ folder, say }, election)
    codes = makeCodes(election, (member) => known.get(member)?.email ?? '', random)
    await folder.keepCodes(codes)
  }
  const signature = signCodes(codes, folder.privateKey)
  const published = await server.publish(election.uuid, { roll: codes.roll, binds: codes.binds, signature })
  say(
    published.kind === 'ok'
      ? `${String(codes.members.length)} voting codes are made for “${election.title}”; the server has only their public halves`
      : published.error,
  )
  return published.kind === 'ok'
}

/**
 * This registrar's own list, brought up to date with a roll: members it does not know yet are added, and an address that differs from the known one
 * is noted and not used until a person has confirmed it at the old one.
 */
async function addressesFor(
  { folder, say }: Pick<Desk, 'folder' | 'say'>,
  { lines }: RegistrarElection,
): Promise<ReadonlyMap<number, Known>> {
  const addresses = new Map(await folder.addresses())
  for (const { member, email } of lines) {
    const known = addresses.get(member)
    if (known === undefined) addresses.set(member, { email, shown: null })
    else if (known.email !== email) {
      addresses.set(member, { ...known, shown: email })
      say(
        `member ${String(member)} has another address now (${email}). Their code goes to the one I know (${known.email}). ` +
          `Ask there, then use --confirm ${String(member)}`,
      )
    }
  }
  await folder.keepAddresses(addresses)
  return addresses
}

/** One mail that is due: the first with a member's code, or one that was asked for again. */
type Due = { readonly to: Coded; readonly number: number }

async function mail(desk: Desk, work: RegistrarWork, election: RegistrarElection): Promise<boolean> {
  const { folder, server, say } = desk
  const codes = await folder.codesOf(election.uuid)
  if (codes === null) {
    say(`the voting codes of “${election.title}” are not in this folder: nobody can be mailed`)
    return true
  }
  const found = codes.phi === undefined ? await confirmed(desk, election, codes) : null
  const phi = codes.phi ?? found?.phi
  if (phi === undefined) return false
  if (codes.phi === undefined) await folder.keepCodes({ ...codes, phi })
  const journal = await folder.journalOf(election.uuid)
  const due = dueMails(codes, election, journal, desk.now())
  let reached = true
  for (let i = 0; i < due.length && reached; i += atOnce)
    reached = await sendTogether(desk, { zone: work.zone, phi }, election, due.slice(i, i + atOnce))
  const after = due.length === 0 ? journal : await folder.journalOf(election.uuid)
  const done = answeredOf(after)
  const first = [...done.values()].filter(({ number }) => number === 0)
  const bounced = first.filter(({ state }) => state === 'bounced').length
  if (due.length > 0)
    say(
      `“${election.title}”: ${String(first.length - bounced)} of ${String(codes.members.length)} mailed, ${String(bounced)} refused`,
    )
  const told = await server.report(election.uuid, {
    total: codes.members.length,
    sent: first.length - bounced,
    bounced,
    answered: election.again.filter(({ leaf, number }) => done.has(mailName(leaf, number))).slice(0, 1000),
  })
  return reached && told.kind === 'ok'
}

const mailName = (leaf: string, number: number): string => `${leaf}|${String(number)}`

/** What the receiving server answered to each mail so far. */
const answeredOf = (journal: readonly Mailed[]): ReadonlyMap<string, Mailed> =>
  new Map(journal.filter(({ state }) => state !== 'sending').map((line) => [mailName(line.leaf, line.number), line]))

function dueMails(codes: Codes, election: RegistrarElection, journal: readonly Mailed[], now: number): readonly Due[] {
  const done = answeredOf(journal)
  const first = codes.members.map((to) => ({ to, number: 0 }))
  const byLeaf = new Map(codes.members.map((member) => [member.leaf, member]))
  const again = election.again.flatMap(({ leaf, number }): Due[] => {
    const to = byLeaf.get(leaf)
    const lately = journal.filter(
      (line) => line.leaf === leaf && line.number > 0 && line.state === 'sent' && line.at > now - hourMs,
    )
    return to === undefined || lately.length >= perHour || number < 1 ? [] : [{ to, number }]
  })
  return [...first, ...again].filter(({ to, number }) => !done.has(mailName(to.leaf, number)))
}

/** Sends a few mails side by side. What is written before they go makes a restart send the same mails, not others. */
async function sendTogether(
  { folder, transport, now, say, address }: Desk,
  about: Pick<RegistrarWork, 'zone'> & { readonly phi: string },
  election: RegistrarElection,
  due: readonly Due[],
): Promise<boolean> {
  const line = ({ to, number }: Due, state: Mailed['state']): Mailed => ({ leaf: to.leaf, number, state, at: now() })
  await folder.note(
    election.uuid,
    due.map((each) => line(each, 'sending')),
  )
  const outcomes = await Promise.all(due.map((each) => transport.send(mailOf({ ...about, address }, election, each))))
  const answered = due.flatMap((each, i): Mailed[] => {
    const outcome = outcomes[i]
    return outcome === undefined || outcome.kind === 'retry' ? [] : [line(each, outcome.kind)]
  })
  if (answered.length > 0) await folder.note(election.uuid, answered)
  const trouble = outcomes.find((outcome) => outcome.kind === 'retry')
  if (trouble !== undefined) say(`the mail server did not take it, I will try again: ${trouble.fault}`)
  return trouble === undefined
}

function mailOf(
  { zone: name, phi, address }: { readonly zone: string; readonly phi: string; readonly address: string },
  election: RegistrarElection,
  { to, number }: Due,
): Parameters<Transport['send']>[0] {
  const zone = parseZone(name)
  if (zone.kind === 'fail') throw new Error(`the server names no time zone: ${name}`)
  const letter = votingLetter(to.locale, {
    title: election.title,
    closesAt: election.closesAt,
    zone: zone.value,
    address,
    uuid: election.uuid,
    code: linkCode(to.code, phi),
    officer: election.officer,
    givenName: to.givenName,
    votingKey: to.key,
    again: number > 0,
  })
  const bodies = renderLetter(letter, to.locale)
  // The same mail has the same name for ever, so that a mailbox that got it before a crash knows it again. It tells nothing of the roll line.
  const id = createHash('sha256')
    .update(`quorate/registrar-mail/v1|${election.uuid}|${to.code}|${String(number)}`)
    .digest('hex')
    .slice(0, 32)
  return {
    id,
    address: to.email,
    name: to.name,
    subject: letter.subject,
    body_text: bodies.text,
    body_html: bodies.html,
    attempts: 0,
  }
}
