import { answerName } from './booth-rank.ts'
import { type Event, type Paper, ungraded } from './booth-state.ts'
import { h } from './dom.ts'
import type { Words } from './frame.ts'

type Grades = readonly number[]

// More squares than this do not stand side by side under a thumb: then each answer has a list to choose from.
const squaresMax = 10

/** Nobody graded yet. */
export const noGrades = ({ answers }: Pick<Paper, 'answers'>): Grades => answers.map(() => ungraded)

/**
 * The graded part of a ballot paper: a group for each answer, with one square a grade, the highest last; or a list where there are many. Both are the
 * browser's own, so arrows, numbers and screen readers work in them as everywhere.
 */
export function gradePart(words: Words, paper: Paper, begun: Grades, pick: (event: Event) => void): HTMLElement {
  let grades = begun
  const top = paper.top ?? 0
  const scale = Array.from({ length: top + 1 }, (_, grade) => grade)
  const give = (place: number, grade: number): void => {
    grades = grades.with(place, grade)
    pick({ kind: 'picked', choice: grades })
  }
  const square = (place: number, grade: number): HTMLElement =>
    h(
      'label',
      { class: 'grade' },
      h('input', {
        type: 'radio',
        name: `grade-${String(place)}`,
        value: grade,
        checked: grades[place] === grade,
        onchange: () => give(place, grade),
      }),
      h('span', {}, String(grade)),
    )
  const list = (place: number): HTMLElement => {
    const options = [ungraded, ...scale].map((grade) =>
      h(
        'option',
        { value: grade, selected: grades[place] === grade },
        grade === ungraded ? words.text('gradeNone') : String(grade),
      ),
    )
    const select = h('select', { class: 'input', 'aria-label': paper.answers[place] ?? '' }, options)
    select.addEventListener('change', () => give(place, Number(select.value)))
    return select
  }
  return h(
    'div',
    { id: 'grades' },
    paper.answers.map((_, place) =>
      h(
        'fieldset',
        { class: 'grade-row' },
        h('legend', {}, answerName(words, paper, place)),
        h('div', { class: 'grades' }, top > squaresMax ? list(place) : scale.map((grade) => square(place, grade))),
      ),
    ),
  )
}

/** Grades in words, as they stand on the page that checks them: a name left out has the lowest. */
export const gradeList = (words: Words, paper: Paper, grades: Grades): HTMLElement =>
  h(
    'ul',
    { class: 'rank plain' },
    paper.answers.map((_, place) =>
      h(
        'li',
        { class: 'rank-row' },
        h('b', { class: 'rank-number' }, String(Math.max(0, grades[place] ?? 0))),
        h('span', {}, answerName(words, paper, place)),
      ),
    ),
  )
