import type { Event, Paper } from './booth-state.ts'
import { h } from './dom.ts'

/** Marks after one press, in the order of the paper: an answer is marked or no longer. */
export const marked = (marks: readonly number[], place: number): readonly number[] =>
  marks.includes(place) ? marks.filter((other) => other !== place) : [...marks, place].toSorted((a, b) => a - b)

/** The part of a ballot paper on which several answers may be marked: a square for each. */
export function marksPart(
  { answers }: Paper,
  begun: readonly number[],
  { missed, pick }: { readonly missed: boolean; readonly pick: (event: Event) => void },
): readonly HTMLElement[] {
  let marks = begun
  return answers.map((answer, place) =>
    h(
      'label',
      { class: 'mark-row' },
      h('input', {
        type: 'checkbox',
        name: 'answer',
        value: String(place),
        checked: begun.includes(place),
        'aria-describedby': missed ? 'fault' : false,
        onchange: () => {
          marks = marked(marks, place)
          pick({ kind: 'picked', choice: marks })
        },
      }),
      h('span', {}, answer),
    ),
  )
}

/** Marked answers in words, as they stand on the page that checks them. */
export const marksList = ({ answers }: Pick<Paper, 'answers'>, marks: readonly number[]): HTMLElement =>
  h(
    'ul',
    { class: 'rank plain' },
    marks.map((place) => h('li', {}, answers[place] ?? '')),
  )
