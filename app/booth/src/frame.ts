import { type Child, h, markIcon } from './dom.ts'
import { fillPlaces, type Language, type MessageKey, numberText, type Values } from './messages.ts'

/** The words of a page in its reader's language. */
export type Words<K extends string = MessageKey> = {
  readonly language: Language
  readonly text: (key: K, values?: Values) => string
  /** A sentence whose places may hold elements: `{when}` as bold text. */
  readonly rich: (key: K, values: Readonly<Record<string, Child | number>>) => readonly Child[]
}

/** Words of one language; `sentence` finds each by its name. */
export const wordsOf = <K extends string>(language: Language, sentence: (key: K) => string): Words<K> => ({
  language,
  text: (key, values = {}) => fillPlaces(sentence(key), values),
  rich: (key, values) =>
    // Cut at the places: texts at even positions, names of places at odd ones.
    sentence(key)
      .split(/\{(\w+)\}/)
      .map((part, i) => {
        if (i % 2 === 0) return part
        const value = values[part] ?? ''
        return typeof value === 'number' ? numberText(value) : value
      }),
})

/** What the head and foot of the page say. */
export type Frame = {
  readonly movement: string
  readonly recordSize: number | null
  readonly missing: string | null
  readonly exit: { readonly words: string; readonly href: string }
  readonly onLanguage: () => void
}

/** Only same-origin paths may become links, whatever the server says. */
export const safePath = (path: string, otherwise: string): string => (/^\/(?![/\\])/.test(path) ? path : otherwise)

// A release file opened from disk has no server to lead to. Vite decides this when it builds, so other pages hold nothing of it.
const fromDisk = import.meta.env.MODE === 'release'

/** Head, main part and foot around one screen. `main` is filled by the caller, so that the frame alone is redrawn with the language. */
export function frame(words: Words, given: Frame, main: HTMLElement): readonly HTMLElement[] {
  const { text, language } = words
  const other: Language = language === 'en' ? 'cy' : 'en'
  return [
    h('a', { class: 'skip', href: '#main' }, text('skip')),
    h(
      'header',
      { class: 'top' },
      h(
        'div',
        { class: 'wrap' },
        h(
          'a',
          fromDisk ? { class: 'mark' } : { class: 'mark', href: '/' },
          markIcon(),
          h('span', given.movement === '' ? { class: 'vh' } : {}, given.movement === '' ? text('home') : given.movement),
        ),
        !fromDisk && h('a', { class: 'btn quiet', href: given.exit.href }, given.exit.words),
      ),
    ),
    main,
    h(
      'footer',
      { class: 'foot' },
      h(
        'div',
        { class: 'wrap' },
        given.recordSize !== null &&
          h(
            'a',
            { class: 'seal', href: '/record' },
            words.rich('record', { size: h('span', { class: 'num' }, numberText(given.recordSize)) }),
          ),
        !fromDisk && h('a', { href: '/verify' }, text('verify')),
        given.missing !== null && h('a', { href: safePath(given.missing, '/missing') }, text('lost')),
        h('button', { class: 'link', type: 'button', lang: other, onclick: given.onLanguage }, text('otherLanguage')),
      ),
    ),
  ]
}

/** A clause as the movement's own words cite it. */
export const clauseChip = (clause: string): HTMLElement =>
  h(
    'a',
    { class: 'clause', href: `/rules/${encodeURIComponent(clause.split('@')[0] ?? clause)}` },
    `§ ${clause.split('@')[0] ?? clause}`,
  )

/** The three steps at the head of a screen; `now` counts from 0, and a number past the last says that all are done. */
export const stepLine = <K extends string>(words: Words<K | MessageKey>, names: readonly K[], now: number): HTMLElement =>
  h(
    'ol',
    { class: 'steps', 'aria-label': words.text('stepsLabel') },
    names.map((name, i) =>
      h(
        'li',
        i < now ? { class: 'done' } : i === now ? { 'aria-current': 'step' } : {},
        h('b', { 'aria-hidden': i < now ? 'true' : false }, i < now ? '✓' : String(i + 1)),
        i < now && h('span', { class: 'vh' }, words.text('stepDone')),
        words.text(name),
      ),
    ),
  )

/** A foldable part: the summary is the button. */
export const fold = (summary: string, ...inside: readonly Child[]): HTMLElement =>
  h('details', { class: 'why' }, h('summary', {}, h('span', {}, summary)), inside)
