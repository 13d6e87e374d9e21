import { assert } from '@quorate/kernel'
import { h } from './dom.ts'
import { type Frame, frame, type Words, wordsOf } from './frame.ts'
import { type Catalogues, type Language, languageOf, type MessageKey } from './messages.ts'

/** The sentences of a page by language: those at hand, and how to fetch another language's. */
export type Spoken<K extends string> = Partial<Catalogues<K>> & {
  readonly fetch?: (language: Language) => Promise<Catalogues<K>[Language]>
}

/** The language in which this visit begins. */
export const firstLanguage = (): Language => languageOf(document.cookie, navigator.languages)

/** One page: head, main part, foot, and a voice for screen readers. */
export type Page<K extends string> = {
  readonly words: () => Words<K>
  /** Shows a new screen: content, title, and the focus on its heading. */
  readonly show: (content: readonly (Node | string)[], screen: string) => void
  /** Says a sentence to screen readers without moving anything. */
  readonly announce: (sentence: string) => void
  readonly main: HTMLElement
}

/** How the frame looks at this moment. */
export type FrameNow = Pick<Frame, 'movement' | 'recordSize' | 'missing' | 'exit'>

const yearSeconds = 31_536_000

/** Takes over the body. `redraw` shows the present screen again after a change of language. */
export function startPage<K extends string>(
  body: HTMLElement,
  spoken: Spoken<K | MessageKey>,
  frameNow: (words: Words) => FrameNow,
  redraw: () => void,
): Page<K | MessageKey> {
  const at = { en: spoken.en, cy: spoken.cy }
  const wordsIn = (language: Language): Words<K | MessageKey> => {
    const sentences = at[language]
    assert(sentences !== undefined, 'a language is fetched before it is spoken')
    return wordsOf(language, (key) => sentences[key])
  }
  let words = wordsIn(firstLanguage())
  const column = h('div', { class: 'narrow' })
  const main = h('main', { id: 'main', tabindex: -1 }, column)
  const voice = h('p', { class: 'vh', role: 'status', 'aria-live': 'polite' })
  let shown = ''

  const speak = async (language: Language): Promise<void> => {
    // Without a connection the page goes on in the language it has.
    at[language] ??= await spoken.fetch?.(language).catch(() => undefined)
    if (at[language] === undefined) return
    words = wordsIn(language)
    document.documentElement.lang = language
    document.cookie = `lang=${language}; path=/; max-age=${yearSeconds}; samesite=lax`
    redraw()
    // The button that was pressed is gone with the old frame: its successor takes the focus.
    body.querySelector<HTMLElement>('footer .link')?.focus()
  }

  const drawFrame = (): void => {
    const onLanguage = (): void => void speak(words.language === 'en' ? 'cy' : 'en')
    body.replaceChildren(...frame(words, { ...frameNow(words), onLanguage }, main), voice)
  }

  document.documentElement.lang = words.language
  body.className = 'booth'
  drawFrame()
  return {
    words: () => words,
    main: column,
    announce: (sentence) => {
      voice.textContent = sentence
    },
    show: (content, screen) => {
      drawFrame()
      column.replaceChildren(...content)
      const heading = column.querySelector<HTMLElement>('h1')
      const title = [heading?.textContent ?? '', frameNow(words).movement].filter((part) => part !== '')
      document.title = title.join(' – ')
      // A new screen starts at its heading, also for those who cannot see that it is new. The first one is where the browser put it.
      if (shown !== '' && shown !== screen) {
        scrollTo(0, 0)
        heading?.focus({ preventScroll: true })
      }
      shown = screen
    },
  }
}
