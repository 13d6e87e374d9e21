import type { Event, Paper } from './booth-state.ts'
import { type Child, h } from './dom.ts'
import type { Words } from './frame.ts'

type Order = readonly number[]
type Move = 'up' | 'down' | 'out' | 'in'

/** An order after one press: an answer goes one place up or down, leaves the order, or takes the place after the last. */
export function moved(order: Order, place: number, move: Move): Order {
  const at = order.indexOf(place)
  if (move === 'in') return at < 0 ? [...order, place] : order
  const without = order.filter((other) => other !== place)
  if (at < 0 || move === 'out') return without
  return without.toSpliced(Math.max(0, move === 'up' ? at - 1 : at + 1), 0, place)
}

const signs: Readonly<Record<Exclude<Move, 'in'>, string>> = { up: '↑', down: '↓', out: '✕' }

/** An answer by its place, and beside it that whom it names no longer stands. */
export const answerName = (words: Words, { answers, left }: Paper, place: number): readonly Child[] => [
  answers[place] ?? '',
  left.includes(place) && h('small', {}, words.text('left')),
]

/** The same in one line, for what is read out of a button. */
const spokenName = (words: Words, { answers, left }: Paper, place: number): string =>
  `${answers[place] ?? ''}${left.includes(place) ? `, ${words.text('left')}` : ''}`

/**
 * The ranked part of a ballot paper: the order so far with buttons to move each answer, then the others with one press each. It redraws itself, keeps
 * the keyboard where the hand was and says what was done; nothing needs to be dragged.
 */
export function rankPart(words: Words, paper: Paper, begun: Order, pick: (event: Event) => void): HTMLElement {
  let order = begun
  const said = h('p', { class: 'vh', role: 'status' })
  const lists = h('div', {})
  const depth = paper.depth ?? 0
  const name = (place: number): string => paper.answers[place] ?? ''
  const spoken = (place: number): string => spokenName(words, paper, place)
  const button = (place: number, move: Exclude<Move, 'in'>, barred: boolean): HTMLElement =>
    h(
      'button',
      {
        class: 'rank-move',
        type: 'button',
        'data-move': `${move} ${String(place)}`,
        'aria-disabled': barred ? 'true' : false,
        'aria-label': words.text(moveKeys[move], { name: spoken(place) }),
        onclick: () => (barred ? undefined : press(place, move)),
      },
      h('span', { 'aria-hidden': 'true' }, signs[move]),
    )
  const ranked = (place: number, i: number): Child =>
    h(
      'li',
      { class: 'rank-row' },
      h('b', { class: 'rank-number', 'aria-hidden': 'true' }, String(i + 1)),
      h('span', {}, answerName(words, paper, place)),
      h(
        'span',
        { class: 'rank-moves' },
        button(place, 'up', i === 0),
        button(place, 'down', i === order.length - 1),
        button(place, 'out', false),
      ),
    )
  const other = (place: number): Child =>
    h(
      'li',
      {},
      h(
        'button',
        {
          class: 'rank-add',
          type: 'button',
          'data-move': `in ${String(place)}`,
          'aria-label': words.text('rankAdd', { name: spoken(place), number: order.length + 1 }),
          onclick: () => press(place, 'in'),
        },
        h('b', { class: 'rank-number', 'aria-hidden': 'true' }, '+'),
        h('span', {}, answerName(words, paper, place)),
      ),
    )
  const show = (): void => {
    const rest = paper.answers.map((_, place) => place).filter((place) => !order.includes(place))
    const isFull = order.length >= depth
    lists.replaceChildren(
      order.length === 0
        ? h('p', { class: 'rank-none' }, words.text('rankNone'))
        : h('ol', { class: 'rank', 'aria-label': words.text('rankYours') }, order.map(ranked)),
      ...(rest.length === 0 || isFull
        ? []
        : [
            h('p', { class: 'rank-cap' }, words.text('rankRest')),
            h('ul', { class: 'rank', 'aria-label': words.text('rankRest') }, rest.map(other)),
          ]),
    )
  }
  const press = (place: number, move: Move): void => {
    order = moved(order, place, move)
    pick({ kind: 'picked', choice: order })
    show()
    const at = order.indexOf(place)
    said.textContent = words.text(at < 0 ? 'rankGone' : 'rankNow', { name: name(place), number: at + 1, of: order.length })
    // Whoever took an answer in goes on with the next one; whoever moved one may move it again.
    const next = move === 'in' ? '[data-move^="in "]' : `[data-move="${at < 0 ? 'in' : move} ${String(place)}"]`
    const target = lists.querySelector<HTMLElement>(next) ?? lists.querySelector<HTMLElement>('.rank-move')
    target?.focus()
  }
  show()
  return h('div', { id: 'rank' }, lists, said)
}

const moveKeys = { up: 'rankUp', down: 'rankDown', out: 'rankOut' } as const

/** An order, or the answers that are marked, in words, as they stand on the page that checks them. */
export const orderList = (words: Words, paper: Paper, order: Order): HTMLElement =>
  h(
    paper.depth === null ? 'ul' : 'ol',
    { class: 'rank plain' },
    order.map((place, i) =>
      h(
        'li',
        { class: 'rank-row' },
        h('b', { class: 'rank-number', 'aria-hidden': 'true' }, paper.depth === null ? '✕' : String(i + 1)),
        h('span', {}, answerName(words, paper, place)),
      ),
    ),
  )
