import { deviceSeatKey, deviceStatementText, isDeviceSigned, officesOfEveryMovement } from '@quorate/record'
import { appealEnd, provision, type Rulebook } from '@quorate/rulebook'
import type { LoggedEntry } from './check.ts'
import { logged, type Replaying } from './replay.ts'
import { faultOf, type Fault } from './verdict.ts'

// Entries that say how the register and what people wrote were kept: offices granted, something taken down, people erased, personal data handed out,
// contact details changed, devices registered. None is an act by the rules; each must be borne out by the edition in force and by what the record has said before.

/** What is wrong with such an entry; null when nothing is, or when it is an entry of another kind. */
export function keepingFault(replaying: Replaying, item: LoggedEntry, origin: string): Fault | null {
  const { type } = item.entry
  if (!isKept(type)) return null
  const { editions, inForce } = replaying
  const rulebook = inForce === null ? undefined : editions.get(inForce)?.rulebook
  if (rulebook === undefined) return faultOf('no-edition', { entry: item.index, expected: 'an edition in force', found: 'none' })
  const misplaced = placeFault(replaying, item)
  if (misplaced !== null) return misplaced
  switch (type) {
    case 'role':
      return roleFault(replaying, item, rulebook)
    case 'removal':
      return removalFault(replaying, item, rulebook)
    case 'erasure':
      return erasureFault(item, rulebook)
    case 'export':
      return exportFault(replaying, item, rulebook)
    case 'contacts':
      return contactsFault(replaying, item)
    case 'device':
      return deviceFault(replaying, item, rulebook, origin)
  }
}

const kept = ['role', 'removal', 'erasure', 'export', 'contacts', 'device'] as const
const isKept = (type: string): type is (typeof kept)[number] => kept.some((each) => each === type)

const notBorneOut = ({ index }: LoggedEntry, expected: string, found: string | number, clause?: string): Fault =>
  faultOf('not-borne-out', { entry: index, ...(clause === undefined ? {} : { clause }), expected, found })

/** The register belongs to no decision; what is taken down or handed out may belong to one, which is then on the record. */
function placeFault({ decisions, shown }: Replaying, item: LoggedEntry): Fault | null {
  const { decision, type } = item.entry
  if (decision === null) return null
  const may = type === 'removal' || type === 'export'
  if (may && (decisions.has(decision) || shown.has(decision))) return null
  return faultOf('decision-differs', { entry: item.index, expected: may ? 'a decision on the record' : 'none', found: decision })
}

/** Whether the edition knows an office, body or electorate that a capacity names; some offices every movement has. */
function knows(rulebook: Rulebook, as: string): boolean {
  const [kind, id = ''] = as.split(' ')
  if (kind === 'office' && officesOfEveryMovement.includes(id)) return true
  if (kind === 'office' || kind === 'body' || kind === 'electorate') return provision(rulebook, kind, id) !== null
  return as === 'rule'
}

const capacityFault = (item: LoggedEntry, rulebook: Rulebook, as: string): Fault | null =>
  knows(rulebook, as) ? null : notBorneOut(item, `a capacity of edition ${String(rulebook.edition)}`, as)

/** An office of the rulebook or of every movement, granted to nobody who has it and ended for nobody who has not. */
function roleFault({ keeping: { holds } }: Replaying, item: LoggedEntry, rulebook: Rulebook): Fault | null {
  const body = logged(item, 'role')?.body
  if (body === undefined) return null
  const { office, holder, change } = body
  // An office that a new edition no longer has still ends.
  const unknown = change === 'granted' ? capacityFault(item, rulebook, `office ${office}`) : null
  if (unknown !== null) return unknown
  const key = `${office} ${holder}`
  if (change === 'granted' && holds.has(key)) return notBorneOut(item, `${office} not held by ${holder}`, 'granted again')
  if (change === 'ended' && !holds.has(key)) return notBorneOut(item, `${office} granted to ${holder} before`, 'ended')
  if (change === 'granted') holds.add(key)
  else holds.delete(key)
  return null
}

/** A rule of an edition that has been in force stands behind it, and whoever did it acts in a capacity; an appeal ends after it began. */
function removalFault(replaying: Replaying, item: LoggedEntry, rulebook: Rulebook): Fault | null {
  const body = logged(item, 'removal')?.body
  if (body === undefined) return null
  const { what, clause, as, appealBy } = body
  const [id = '', number = ''] = clause.split('@')
  const cited = [...replaying.editions].find(([edition]) => String(edition) === number)?.[1].rulebook
  const clauses = cited === undefined ? [] : [...cited.clauses.keys()].map(String)
  if (cited === undefined || !clauses.includes(id))
    return notBorneOut(item, 'a rule of an edition that has been in force', clause, clause)
  const unfounded = what === 'membership' ? membershipFault(replaying, item, cited) : null
  if (unfounded !== null) return unfounded
  if (appealBy !== null && appealBy <= item.entry.at)
    return notBorneOut(item, `an appeal after ${String(item.entry.at)}`, appealBy, clause)
  return capacityFault(item, rulebook, as)
}

/** The power by which a member is removed. */
export const excluding = 'exclude'

/** A member is removed by whoever used the power to exclude in its decision, one by each, by the rule that is cited, and has as long to appeal as that says. */
function membershipFault({ keeping }: Replaying, item: LoggedEntry, cited: Rulebook): Fault | null {
  const body = logged(item, 'removal')?.body
  if (body === undefined) return null
  const { clause, appealBy, by, as } = body
  const { decision, at } = item.entry
  const basis = decision === null ? undefined : keeping.exclusions.get(decision)
  if (decision === null || basis === undefined)
    return notBorneOut(item, 'a decision in which the power to exclude was used', decision ?? 'none', clause)
  if (basis.clause !== clause) return notBorneOut(item, basis.clause, clause, clause)
  if (basis.by !== by || basis.as !== as) return notBorneOut(item, `${basis.by}, ${basis.as}`, `${by}, ${as}`, clause)
  if (keeping.removedBy.has(decision)) return notBorneOut(item, 'one member by one decision', 'another', clause)
  keeping.removedBy.add(decision)
  const appeal = appealEnd(cited, clause, at)
  if (appeal !== appealBy) return notBorneOut(item, `an appeal until ${String(appeal)}`, String(appealBy), clause)
  return null
}

/** An officer or a body erases; a member does not erase anybody, and neither does a rule. */
function erasureFault(item: LoggedEntry, rulebook: Rulebook): Fault | null {
  const as = logged(item, 'erasure')?.body.as ?? ''
  if (!as.startsWith('office ') && !as.startsWith('body ')) return notBorneOut(item, 'an office or a body', as)
  return capacityFault(item, rulebook, as)
}

/** One person asks for their own, a court has ordered, or it is about no more people than are on the frozen roll; two people are two. */
function exportFault({ movement, shown }: Replaying, item: LoggedEntry, rulebook: Rulebook): Fault | null {
  const body = logged(item, 'export')?.body
  if (body === undefined) return null
  const { by, as, second, purpose, people } = body
  if (second === by) return notBorneOut(item, 'a second person', 'the same')
  if (purpose === 'subject-access' && people !== 1) return notBorneOut(item, 'one person', people)
  if (purpose === 'court-order' && (movement?.orders.byId.size ?? 0) === 0)
    return notBorneOut(item, 'an order on the record', 'none')
  const roll = item.entry.decision === null ? undefined : shown.get(item.entry.decision)?.roll?.body.size
  if (roll !== undefined && people > roll) return notBorneOut(item, `at most ${String(roll)} people`, people)
  return capacityFault(item, rulebook, as)
}

/** Spans follow one another and have ended; of so many changes there are not more people, nor more by one person or on frozen rolls. */
function contactsFault({ keeping }: Replaying, item: LoggedEntry): Fault | null {
  const body = logged(item, 'contacts')?.body
  if (body === undefined) return null
  const { from, to, changes, people, mostByOne, onFrozenRolls } = body
  if (from < keeping.contactsTo || to <= from || to > item.entry.at)
    return notBorneOut(item, `a span after ${String(keeping.contactsTo)} that has ended`, `${String(from)} to ${String(to)}`)
  const most = Math.max(people, mostByOne, onFrozenRolls)
  if (most > changes) return notBorneOut(item, `at most ${String(changes)}`, most)
  keeping.contactsTo = to
  return null
}

/** How many devices may sign for one seat at a time. */
const devicesMax = 8

/**
 * A key is registered once, for a seat of a body of the edition, by its own signature; it ends once, for that seat, and a signature there is its own. Who has
 * the seat is not public: that the key is theirs is the register's word, told where a roll-call rests on it.
 */
function deviceFault({ keeping: { devices } }: Replaying, item: LoggedEntry, rulebook: Rulebook, origin: string): Fault | null {
  const body = logged(item, 'device')?.body
  if (body === undefined) return null
  const { change, key, signature } = body
  const seat = deviceSeatKey(body.body, body.seat)
  const known = devices.get(key)
  if (change === 'registered') {
    if (known !== undefined) return notBorneOut(item, `a key that is new, not ${key}`, 'registered again')
    const unknown = capacityFault(item, rulebook, `body ${body.body}`)
    if (unknown !== null) return unknown
    const others = [...devices.values()].filter((other) => other.seat === seat && other.ended === null)
    if (others.length >= devicesMax) return notBorneOut(item, `at most ${String(devicesMax)} devices of ${seat}`, 'another')
  } else if (known === undefined || known.seat !== seat || known.ended !== null)
    return notBorneOut(item, `a device of ${seat} that signs`, 'ended')
  const text = deviceStatementText({ origin, change, body: body.body, seat: body.seat, key })
  if (signature !== null && !isDeviceSigned(key, text, signature))
    return notBorneOut(item, `a signature of ${key}`, 'another text or key')
  const { at } = item.entry
  if (known === undefined) devices.set(key, { seat, from: at, ended: null })
  else devices.set(key, { ...known, ended: { at, by: signature === null ? 'service' : 'device' } })
  return null
}
