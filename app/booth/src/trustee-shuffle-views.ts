import { type Child, h } from './dom.ts'
import type { Words as AnyWords } from './frame.ts'
import type { trusteeEn } from './trustee-messages.en.ts'
import type { MessageKey } from './messages.ts'
import type { Table } from './trustee-state.ts'

type Words = AnyWords<MessageKey | keyof typeof trusteeEn>

/** What the screens of the shuffle take from the trustees' page around them. */
export type AroundShuffle = {
  readonly head: (key: 'tShuffleTitle' | 'tShuffledTitle') => readonly Child[]
  /** Where a key file is loaded, while this device holds none. */
  readonly load: Child
  readonly begin: () => void
}

/** Who has shuffled, of how many needed. */
const shuffledPart = (words: Words, { shuffledBy, shufflesNeeded, checking }: Table): Child => [
  h('p', { class: 'mt4' }, h('b', {}, words.text('tShuffledOf', { shuffled: shuffledBy.length, needed: shufflesNeeded }))),
  h(
    'p',
    { class: 'meta' },
    shuffledBy.length === 0 ? words.text('tShuffledNone') : words.text('tShuffledBy', { names: shuffledBy.join(', ') }),
  ),
  checking !== null && h('p', { class: 'meta' }, words.text('tBeingChecked', checking)),
]

/** The papers wait to be shuffled by this trustee, or by others after this one did. */
export function shuffleView(words: Words, table: Table, { head, load, begin }: AroundShuffle): readonly Child[] {
  if (table.stage === 'shuffled')
    return [
      head('tShuffledTitle'),
      shuffledPart(words, table),
      h('p', { class: 'notice mt4', id: 'await' }, words.text('tShuffleWait')),
    ]
  return [
    head('tShuffleTitle'),
    h('p', { class: 'mt4' }, words.text('tShuffleIntro')),
    shuffledPart(words, table),
    table.keyHere
      ? h(
          'div',
          { class: 'actions mt5' },
          h('button', { class: 'btn big', type: 'button', onclick: begin }, words.text('tShuffleButton')),
        )
      : load,
  ]
}
