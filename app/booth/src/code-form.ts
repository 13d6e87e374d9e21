import type { CodeFault, Event } from './booth-state.ts'
import { h } from './dom.ts'
import type { Words } from './frame.ts'

/** Why a typed code is not one, in a sentence that says where to look. */
export const codeFaultText = (words: Words, fault: CodeFault): string => {
  switch (fault.kind) {
    case 'wrong length':
      return words.text('codeLength', { found: fault.found })
    case 'wrong character':
      return fault.perhaps.length === 0
        ? words.text('codeCharacter', { character: fault.character, place: fault.place })
        : words.text('codeCharacterMaybe', { character: fault.character, place: fault.place, perhaps: fault.perhaps.join(' / ') })
    case 'capitals and small letters lost':
      return words.text('codeCase')
  }
}

/** A field for the voting code, for those whose link lost it. What is typed goes to the worker and the field is emptied. */
export function codeForm(words: Words, fault: CodeFault | null, act: (event: Event) => void): HTMLElement {
  const field = h('input', {
    id: 'code',
    class: 'field',
    type: 'text',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    required: true,
    'aria-describedby': fault === null ? 'code-hint' : 'code-hint code-fault',
    'aria-invalid': fault !== null,
  })
  return h(
    'form',
    {
      class: 'mt5',
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault()
        const typed = field.value
        field.value = ''
        act({ kind: 'give-code', typed })
      },
    },
    h('label', { for: 'code' }, h('b', {}, words.text('codeField'))),
    h('p', { class: 'meta', id: 'code-hint' }, words.text('codeHint')),
    fault !== null && h('p', { class: 'fault flush', id: 'code-fault', role: 'alert' }, codeFaultText(words, fault)),
    field,
    h('div', { class: 'actions mt4' }, h('button', { class: 'btn', type: 'submit' }, words.text('codeButton'))),
  )
}
