import { instant } from '@quorate/kernel'
import type { BodyOf } from '@quorate/record'
import { instantWords } from '#lib/platform/dates.ts'
import { words } from '#lib/platform/words.ts'
import type { EntryVoice } from './entry-voice.ts'
import { movementMessages } from './movement-messages.ts'

type Does = Extract<BodyOf<'act'>['act'], { readonly kind: 'movement' }>['does']
type Did = Extract<BodyOf<'act'>['events'][number], { readonly kind: 'movement' }>['did']
type Values = Readonly<Record<string, string | number>>

/** When what is said begins, or is due: the one instant its sentence names. Null where it names none. */
function instantIn(said: Does | Did): number | null {
  if ('closesAt' in said) return said.closesAt
  if ('lapsesAt' in said) return said.lapsesAt
  if ('answerBy' in said) return said.answerBy
  if ('decideBy' in said) return said.decideBy
  if ('at' in said) return said.at
  if ('to' in said && typeof said.to === 'number') return said.to
  return said.kind === 'delegate' ? said.until : null
}

/** Figures and closed words of an act or event, by the names its sentence has for them. */
function valuesOf(said: Does | Did, { zone, locale }: EntryVoice): Values {
  const at = instantIn(said)
  const plain = Object.entries(said).flatMap(([key, value]): readonly (readonly [string, string | number])[] =>
    typeof value === 'number' || typeof value === 'string' ? [[key, value]] : Array.isArray(value) ? [[key, value.length]] : [],
  )
  return {
    ...Object.fromEntries(plain),
    ...(said.kind === 'postpone' ? { what: said.what.kind } : {}),
    ...(said.kind === 'panel-drawn' ? { seats: said.panel.length } : {}),
    ...(said.kind === 'founding-noticed' ? { from: instantWords(instant(said.opensAt), zone, locale) } : {}),
    ...(at === null ? {} : { at: instantWords(instant(at), zone, locale) }),
  }
}

/** What an act outside any one decision says in words; `who` as other acts call it. */
export const doesSentence = (does: Does, who: string, voice: EntryVoice): string =>
  words(movementMessages, voice.locale)(`does.${does.kind}`, { ...valuesOf(does, voice), who })

/** What an event outside any one decision says in words. */
export const didSentence = (did: Did, voice: EntryVoice): string =>
  words(movementMessages, voice.locale)(`did.${did.kind}`, valuesOf(did, voice))

/** Events that say no more than the act they belong to. */
export const saidByDoing: ReadonlySet<string> = new Set([
  'fill-seat seat-filled',
  'leave-seat seat-left',
  'remove-holder seat-left',
  'cease seat-left',
  'act-for acting-began',
  'name-substitute substitute-named',
  'call-meeting meeting-called',
  'call-named-meeting meeting-called',
  'add-items items-added',
  'open-meeting meeting-opened',
  'count-present present-counted',
  'adjourn-meeting meeting-adjourned',
  'close-meeting meeting-closed',
  'recognise-group group-recognised',
  'derecognise-group group-ended',
  'merge-groups groups-merged',
  'postpone meeting-postponed',
  'answer-fact fact-answered',
  'lift-order order-ended',
  'ratify-emergency emergency-ratified',
  'lift-sanction sanction-ended',
  'end-delegation delegation-ended',
])
