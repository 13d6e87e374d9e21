import { type Child, h } from './dom.ts'
import type { Words as AnyWords } from './frame.ts'
import type { RecordFault } from './record-evidence.ts'
import type { MessageKey } from './messages.ts'
import type { trusteeEn } from './trustee-messages.en.ts'
import type { Found } from './trustee-state.ts'

type Words = AnyWords<MessageKey | keyof typeof trusteeEn>

/** What the screen of a checked box takes from the trustees' page around it. */
export type AroundChecked = {
  readonly head: readonly Child[]
  /** The twelve words over the sum. */
  readonly phrase: Child
  readonly open: () => void
}

const names = (words: Words, of: readonly string[]): string =>
  new Intl.ListFormat(words.language, { type: 'conjunction' }).format(of)

/** The box holds: what was found, who vouches for the record, the words to be read aloud, and only then the button that opens. */
export const checkedView = (words: Words, found: Found, { head, phrase, open }: AroundChecked): readonly Child[] => [
  head,
  h('p', { class: 'mt4' }, words.text('tChecked', { ballots: found.ballots, counted: found.counted })),
  h(
    'p',
    { class: found.witnesses.length === 0 ? 'notice now mt4' : 'mt4', id: 'signed' },
    words.text('tRecordTo', { entries: found.entries }),
    ' ',
    found.witnesses.length === 0 ? words.text('tUnsigned') : words.text('tSigned', { names: names(words, found.witnesses) }),
  ),
  found.newWitnesses.length > 0 &&
    h('p', { class: 'notice now mt4' }, words.text('tNewWitnesses', { names: names(words, found.newWitnesses) })),
  phrase,
  h(
    'div',
    { class: 'actions mt5' },
    h('button', { class: 'btn big', type: 'button', onclick: open }, words.text('tHeardButton')),
  ),
]

/** Why the record does not bear the box out. */
export function recordFaultText(words: Words, fault: RecordFault): string {
  switch (fault.kind) {
    case 'missing':
      return words.text('tRecordMissing')
    case 'another log':
    case 'not continued':
      return words.text('tRecordOther')
    case 'not signed':
      return words.text('tRecordUnsigned')
    case 'too few witnesses':
      return words.text('tRecordWitnesses', { found: fault.found, required: fault.required })
    case 'not yet':
      return words.text('tRecordWait')
    case 'two sums':
      return words.text('tRecordTwoSums')
    case 'closed early':
      return words.text('tRecordEarly')
    case 'not shown':
    case 'not set up so':
    case 'ballot left out':
      return words.text('tRecordDiffers', { what: fault.kind })
  }
}
