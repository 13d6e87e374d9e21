import { provision, type Rulebook, type StageView } from '@quorate/rulebook'
import { orText, words, type Locale } from '#lib/platform/words.ts'
import { actorMessages } from './actor-messages.ts'
import { namingOf, type NamedKind } from './naming.ts'

type Actors = StageView['actor']

/** Whether an id is that of a body or of an office; an office where neither is defined. */
export const holderKind = (rulebook: Rulebook, id: string): NamedKind =>
  provision(rulebook, 'body', id) === null ? 'office' : 'body'

/** Who acts, as it stands inside a sentence: `all members`, `the committee or 60 of all members`. */
export function actorsWords(rulebook: Rulebook, actors: Actors, locale: Locale): string {
  const t = words(actorMessages, locale)
  const name = namingOf(rulebook, locale)
  return orText(
    actors.map((actor) => {
      switch (actor.kind) {
        case 'rule':
          return t('actor.rule')
        case 'electorate':
          return name('electorate', actor.id)
        case 'people':
          return t('actor.people', { n: actor.count, whom: name('electorate', actor.electorate) })
        case 'named':
          return name(holderKind(rulebook, actor.id), actor.id)
        case 'seat on':
          return t('actor.seat', { body: name('body', actor.body) })
      }
    }),
    locale,
  )
}
