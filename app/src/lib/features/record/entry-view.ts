import { instant } from '@quorate/kernel'
import { bodyOf, entryTypes, type BodyOf, type Entry, type EntryType } from '@quorate/record'
import { instantWords } from '#lib/platform/dates.ts'
import { words, type Locale, type Say } from '#lib/platform/words.ts'
import type { EntryVoice } from './entry-voice.ts'
import type { Db } from '#lib/platform/database.ts'
import { actsResting, type Placed } from './log.ts'
import { messages } from './messages.ts'
import { didSentence, doesSentence, saidByDoing } from './movement-view.ts'

/** Arguments of a sentence. */
type WordValues = Readonly<Record<string, string | number>>
type Key = keyof (typeof messages)['en']
type Act = BodyOf<'act'>['act']
type Event = BodyOf<'act'>['events'][number]

/** An entry as a list shows it. */
export type EntryView = {
  readonly position: number
  readonly href: string
  readonly sentence: string
  readonly when: string
  readonly decision: number | null
  readonly clause: string | null
  readonly type: EntryType
  readonly typeName: string
  readonly refused: boolean
}

type Tongue = EntryVoice & { readonly t: Say<Key> }

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Who acted, by capacity: `the committee`, `a member`. */
function whoOf(as: string, { t, nameOf }: Tongue): string {
  const [kind, id = ''] = as.split(' ')
  if (kind === 'body' || kind === 'office') return nameOf(kind, id)
  return kind === 'electorate' ? t('member') : t('the-rule')
}

const at = (ms: number, { zone, locale }: Tongue): string => instantWords(instant(ms), zone, locale)

/** What an act says of itself, as values of its sentence. A table over the closed union. */
function actValues(act: Act, tongue: Tongue): WordValues {
  const who = whoOf(act.as, tongue)
  switch (act.kind) {
    case 'propose':
    case 'exercise':
      return { who, power: tongue.nameOf('power', act.power) }
    case 'check':
    case 'consider':
    case 'answer-challenge':
    case 'answer-appeal':
      return { who, outcome: act.outcome }
    case 'decide-amendment':
      return { who, outcome: act.outcome, amendment: act.amendment }
    case 'back-amendment':
    case 'withdraw-amendment':
    case 'consent':
      return { who, amendment: act.amendment }
    case 'convene':
      return { who, at: at(act.heldAt, tongue) }
    case 'rule-incompatible':
    case 'settle':
      return { who, with: act.with }
    case 'schedule':
      return { who, at: at(act.opensAt, tongue) }
    case 'challenge':
      return { who, ground: tongue.groundOf(act.ground) }
    default:
      return { who }
  }
}

function eventValues(event: Event, tongue: Tongue): WordValues {
  switch (event.kind) {
    case 'supported':
      return { signers: event.signers }
    case 'checked':
    case 'considered':
    case 'challenge-answered':
    case 'ended':
      return { outcome: event.outcome }
    case 'noticed':
      return { served: event.served, of: event.of }
    case 'frozen':
      return { size: event.size }
    case 'scheduled':
    case 'opened':
    case 'extended':
      return { at: at(event.closesAt, tongue) }
    case 'declared':
      return { outcome: event.outcome, ...event.tally }
    case 'enacted':
      return { newEdition: event.newEdition }
    case 'places-stated':
      return { places: event.places }
    case 'quotas-stated':
      return { required: event.required, nominated: event.nominated }
    case 'stood':
    case 'stood-down':
    case 'seconded':
    case 'accepted':
      return { candidate: event.candidate }
    case 'nominated':
      return { outcome: event.outcome, candidates: event.candidates }
    case 'chosen':
      return { chosen: event.options.length }
    case 'hustings-held':
      return { candidates: event.candidates }
    case 'amendment-moved':
    case 'amendment-backed':
    case 'amendment-admitted':
    case 'amendment-withdrawn':
    case 'amendment-consented':
    case 'composed':
      return { amendment: event.amendment }
    case 'amendment-decided':
      return { amendment: event.amendment, outcome: event.outcome }
    case 'convened':
      return { at: at(event.heldAt, tongue) }
    case 'instant-stated':
      return { at: at(event.is, tongue) }
    case 'ruled-incompatible':
      return { with: event.with }
    case 'settled':
      return { with: event.with, outcome: event.outcome }
    case 'appeal-answered':
    case 'roll-settled':
      return { outcome: event.outcome }
    case 'doubt-measured':
      return { ballots: event.ballots, margin: event.margin }
    default:
      return {}
  }
}

/** Events that say no more than the act they belong to. */
const saidByAct: readonly (readonly [Act['kind'], Event['kind']])[] = [
  ['propose', 'proposed'],
  ['sign', 'signed'],
  ['withdraw', 'withdrawn'],
  ['check', 'checked'],
  ['consider', 'considered'],
  ['cast', 'cast'],
  ['challenge', 'challenged'],
  ['answer-challenge', 'challenge-answered'],
  ['exercise', 'exercised'],
  ['stand', 'stood'],
  ['stand-down', 'stood-down'],
  ['second', 'seconded'],
  ['amend', 'amendment-moved'],
  ['back-amendment', 'amendment-backed'],
  ['withdraw-amendment', 'amendment-withdrawn'],
  ['compose', 'composed'],
  ['consent', 'amendment-consented'],
  ['decide-amendment', 'amendment-decided'],
  ['convene', 'convened'],
  ['rule-incompatible', 'ruled-incompatible'],
]

/** What an act says in words. */
export const actSentence = (act: Act, voice: EntryVoice): string => {
  const tongue = { ...voice, t: words(messages, voice.locale) }
  if (act.kind === 'movement') return capital(doesSentence(act.does, whoOf(act.as, tongue), voice))
  return capital(tongue.t(`act.${act.kind}`, actValues(act, tongue)))
}

/** What an event says in words. */
export const eventSentence = (event: Event, voice: EntryVoice): string => {
  if (event.kind === 'movement') return didSentence(event.did, voice)
  const tongue = { ...voice, t: words(messages, voice.locale) }
  return tongue.t(`event.${event.kind}`, eventValues(event, tongue))
}

function actWords({ act, deemed, events }: BodyOf<'act'>, tongue: Tongue): string {
  const isSaid = (event: Event): boolean =>
    act.kind === 'movement' && event.kind === 'movement'
      ? saidByDoing.has(`${act.does.kind} ${event.did.kind}`)
      : saidByAct.some(([a, e]) => a === act.kind && e === event.kind)
  const more = events.filter((event) => !isSaid(event))
  return [
    ...deemed.map((event) => eventSentence(event, tongue)),
    actSentence(act, tongue),
    ...more.map((event) => eventSentence(event, tongue)),
  ].join(' ')
}

function refusalWords({ refusal, count }: BodyOf<'refusal'>, tongue: Tongue): string {
  const { act } = refusal
  const power = 'power' in act ? tongue.nameOf('power', act.power) : act.kind
  const values = { who: whoOf(act.as, tongue), power, count }
  return tongue.t(count > 1 ? 'entry.refusal.count' : 'entry.refusal', values)
}

/** One case for each type of entry: a table. */
function sentenceOf({ entry }: Pick<Placed, 'entry'>, tongue: Tongue): string {
  const { t } = tongue
  const body = <T extends EntryType>(type: T): BodyOf<T> => {
    const found = bodyOf(entry, type)
    if (found === null) throw new TypeError(`the body of an entry of type ${type}`)
    return found
  }
  switch (entry.type) {
    case 'act':
      return actWords(body('act'), tongue)
    case 'refusal':
      return refusalWords(body('refusal'), tongue)
    case 'edition':
      return t('entry.edition', { edition: body('edition').edition })
    case 'role': {
      const { office, change } = body('role')
      return capital(t('entry.role', { office: tongue.nameOf('office', office), change }))
    }
    case 'delivery': {
      const { mailing, served, failed } = body('delivery')
      return t('entry.delivery', { mailing, served, of: served + failed })
    }
    case 'roll':
      return t('entry.roll', { size: body('roll').size })
    case 'ceremony': {
      const { trustee, step } = body('ceremony')
      return t('entry.ceremony', { trustee, step })
    }
    case 'setup':
      return t('entry.setup', { registrar: body('setup').registrar === 'single-operator' ? 'single-operator' : 'separate' })
    case 'ballot':
      return t('entry.ballot', { code: body('ballot').code })
    case 'box-closed':
      return t('entry.box-closed', { counted: body('box-closed').counted })
    case 'tested':
      return t('entry.tested')
    case 'shuffle':
      return t('entry.shuffle', { trustee: body('shuffle').trustee })
    case 'opening':
      return t('entry.opening', { trustee: body('opening').trustee })
    case 'removal': {
      const { what, as, ground, content, appealBy } = body('removal')
      const member = what === 'membership'
      const values = { who: whoOf(as, tongue), ground: tongue.groundOf(ground), content: content.slice(0, 12) }
      const said = capital(t(member ? 'entry.removal.member' : 'entry.removal', values))
      if (appealBy === null) return said
      return `${said} ${t(member ? 'entry.removal.member.appeal' : 'entry.removal.appeal', { at: at(appealBy, tongue) })}`
    }
    case 'erasure': {
      const { as, people } = body('erasure')
      return capital(t('entry.erasure', { who: whoOf(as, tongue), people }))
    }
    case 'export': {
      const { as, purpose, people, second } = body('export')
      // Whoever takes out their own data does so as nobody in particular.
      if (as === 'rule' && purpose === 'subject-access') return t('entry.export.own')
      // A message's choices have names without hyphens.
      const why = purpose.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
      return capital(t('entry.export', { who: whoOf(as, tongue), purpose: why, people, second: second === null ? 'no' : 'yes' }))
    }
    case 'contacts': {
      const { changes, people, mostByOne, onFrozenRolls } = body('contacts')
      return t('entry.contacts', { changes, people, mostByOne, onFrozenRolls })
    }
    case 'device': {
      const { change, body: of, seat, key, signature } = body('device')
      const named = { body: tongue.nameOf('body', of), seat: `${seat.seat} ${String(seat.number)}`.trim(), key: key.slice(0, 16) }
      return t('entry.device', {
        ...named,
        change,
        by: change === 'registered' ? 'none' : signature === null ? 'service' : 'device',
      })
    }
    case 'demo-clock': {
      const { from, to } = body('demo-clock')
      return t('entry.demo-clock', { from: at(from, tongue), to: at(to, tongue) })
    }
    case 'opened':
    case 'result':
      return t(`entry.${entry.type}`)
  }
}

/** The rule an entry rests on, as its first citation names it. */
function clauseOf({ entry }: Pick<Placed, 'entry'>): string | null {
  const act = bodyOf(entry, 'act')
  if (act !== null) return act.events[0]?.clause ?? act.deemed[0]?.clause ?? null
  const removal = bodyOf(entry, 'removal')
  if (removal !== null) return removal.clause
  return bodyOf(entry, 'refusal')?.refusal.routes[0]?.reasons[0]?.clause ?? null
}

/** An entry in one or two sentences, with the rule it rests on; of one that shows something, the rule of the act that `rests` on it. */
export function entryView(placed: Placed, voice: EntryVoice, rests?: Entry): EntryView {
  const tongue = { ...voice, t: words(messages, voice.locale) }
  const { position, entry } = placed
  return {
    position,
    href: `/record/${String(position)}`,
    sentence: sentenceOf(placed, tongue),
    when: instantWords(entry.at, voice.zone, voice.locale, 'short'),
    decision: entry.decision,
    clause: clauseOf(placed) ?? (rests === undefined ? null : clauseOf({ entry: rests })),
    type: entry.type,
    typeName: tongue.t(`type.${entry.type}`),
    refused: entry.type === 'refusal',
  }
}

/** Entries in words, each with its rule. Cost: one query more where acts are to be found that rest on them. */
export async function entryViews(db: Db, placed: readonly Placed[], voice: EntryVoice): Promise<readonly EntryView[]> {
  const resting = await actsResting(db, placed)
  return placed.map((each) => entryView(each, voice, resting.get(each.position)))
}

/** Kinds of entry to choose from. */
export const entryKinds = (locale: Locale): readonly { readonly value: EntryType; readonly label: string }[] =>
  entryTypes.map((value) => ({ value, label: words(messages, locale)(`type.${value}`) }))

const fingerprint = /^[0-9a-f]{64}$/
const documentKeys = new Set([
  'text',
  'words',
  'document',
  'list',
  'leaves',
  'election',
  'trustees',
  'credentials',
  'bind',
  'message',
])

/** Fingerprints of documents an entry may cite, from the fields that hold such. */
export function citedBy(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const found = Object.entries(value).flatMap(([key, inner]): readonly string[] =>
    typeof inner === 'string' && documentKeys.has(key) && fingerprint.test(inner) ? [inner] : citedBy(inner),
  )
  return [...new Set(found)]
}
