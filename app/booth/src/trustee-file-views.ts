import { type Child, h } from './dom.ts'
import { fold, type Words } from './frame.ts'
import type { TaskFault } from './task-desk.ts'
import type { TrusteeFileKey } from './trustee-file-messages.ts'

/** What the trustees' program on a disk shows around the screens it shares with the web page, and what can be done there. */
export type AroundScreen = {
  /** Whether a task was taken up. */
  readonly sitting: boolean
  readonly fault: TaskFault | null
  readonly reading: boolean
  /** Whether there is an answer to carry back; null none. It is given out once the key is safe. */
  readonly answer: 'key first' | 'ready' | 'saved' | null
  readonly bring: (file: File) => void
  readonly save: () => void
}

const faultKey: Readonly<Record<TaskFault, TrusteeFileKey>> = {
  'not a task': 'fNotTask',
  'an answer': 'fAnAnswer',
  'of a later version': 'fLater',
  damaged: 'fDamaged',
  'other ballot': 'fOther',
  older: 'fOlder',
  'no trustee': 'fNoTrustee',
}

/** Where a task file is brought. */
function bringPart(words: Words<TrusteeFileKey>, { sitting, fault, reading, bring }: AroundScreen): Child {
  const input = h('input', {
    type: 'file',
    id: 'task-file',
    accept: '.json,application/json',
    'aria-describedby': fault === null && !reading ? 'task-help' : 'task-help task-state',
    onchange: () => {
      const [file] = input.files ?? []
      if (file !== undefined) bring(file)
    },
  })
  return h(
    'div',
    { class: 'file mt4' },
    h('label', { for: 'task-file' }, h('b', {}, words.text(sitting ? 'fNext' : 'fTask'))),
    h('p', { class: 'meta', id: 'task-help' }, words.text(sitting ? 'fNextHelp' : 'fTaskHelp')),
    input,
    (reading || fault !== null) &&
      h(
        'p',
        { id: 'task-state', role: reading ? 'status' : 'alert', class: reading ? 'meta' : 'fault flush' },
        words.text(reading || fault === null ? 'fReading' : faultKey[fault]),
      ),
  )
}

const answerKey = { 'key first': 'fKeyFirst', ready: 'fAnswerText', saved: 'fAnswerSaved' } as const

/** What is to be carried back. */
const answerPart = (words: Words<TrusteeFileKey>, answer: NonNullable<AroundScreen['answer']>, save: () => void): Child =>
  h(
    'section',
    { class: 'paper mt5', 'aria-labelledby': 'answer' },
    h('div', { class: 'cap' }, h('h2', { id: 'answer' }, words.text('fAnswer'))),
    h(
      'div',
      { class: 'in' },
      h('p', answer === 'saved' ? { class: 'yes', role: 'status' } : {}, words.text(answerKey[answer])),
      answer !== 'key first' &&
        h(
          'div',
          { class: 'actions mt4' },
          h(
            'button',
            { class: answer === 'saved' ? 'btn quiet' : 'btn', type: 'button', onclick: save },
            words.text('fSaveAnswer'),
          ),
        ),
    ),
  )

/** The first screen, or the screen of the table with what is to be carried back and where the next task is brought. */
export function aroundScreen(words: Words<TrusteeFileKey>, content: readonly Child[], around: AroundScreen): readonly Child[] {
  if (!around.sitting)
    return [
      h('h1', { id: 'title', tabindex: -1 }, words.text('fTitle')),
      h('p', { class: 'lede mt3' }, words.text('fIntro')),
      bringPart(words, around),
      fold(words.text('fWhy'), h('p', { class: 'mt3' }, words.text('fWhyText')), h('p', { class: 'mt3' }, words.text('fWhyNot'))),
    ]
  return [
    content,
    around.answer !== null && answerPart(words, around.answer, around.save),
    h('section', { class: 'mt6', 'aria-labelledby': 'next-task' }, [
      h('h2', { id: 'next-task' }, words.text('fNextTitle')),
      bringPart(words, around),
    ]),
  ]
}
