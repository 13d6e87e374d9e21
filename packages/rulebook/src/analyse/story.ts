import { civilTimeOf, type Instant } from '@quorate/kernel'
import { reckoningOf } from '../calendar.ts'
import type { Rulebook } from '../language/model.ts'
import type { Path } from './answer.ts'
import type { AloneAnswer } from './alone.ts'
import type { AnalyseFacts } from './inputs.ts'
import { englishPhrases } from './story-en.ts'
import type { Phrases } from './phrases.ts'
import { welshPhrases } from './story-cy.ts'

/** Languages a story can be told in. Welsh awaits a native reader. */
export type StoryLocale = 'en' | 'cy'

/** A path told: what it takes, each step with its clause, who can stop it, and what it takes for granted. */
export type Story = {
  readonly cost: string
  readonly steps: readonly { readonly text: string; readonly clause: string }[]
  readonly stoppers: readonly { readonly text: string; readonly clause: string }[]
  readonly assumes: readonly string[]
  readonly taken: readonly string[]
  /** Whether the engine carried the path out, or where it refused. */
  readonly replay: string
}

const phrasesFor = (rulebook: Rulebook, locale: StoryLocale): Phrases =>
  locale === 'en' ? englishPhrases(rulebook) : welshPhrases(rulebook)

/** Tells a path of a rulebook as numbered sentences with their clauses. Pure; instants are those of the rulebook's zone. */
export function story(rulebook: Rulebook, path: Path, locale: StoryLocale): Story {
  const say = phrasesFor(rulebook, locale)
  const { zone } = reckoningOf(rulebook)
  const on = (at: Instant): string => {
    const t = civilTimeOf(at, zone)
    const two = (n: number): string => String(n).padStart(2, '0')
    return say.date({ date: t.date, clock: `${two(t.hour)}:${two(t.minute)}` })
  }
  const clauseOf = (citation: string): string => citation.split('@')[0] ?? citation
  return {
    cost: say.cost(path.needs, path.people, say.days(path.elapsedMs), say.days(path.warningMs)),
    steps: path.steps.map((s, i) => {
      // What a run of steps is for is said once, with the first of them.
      const before = path.steps.slice(0, i).findLast(({ act }) => act.kind !== 'call-meeting')
      const said = before !== undefined && say.purpose(before.purpose) === say.purpose(s.purpose)
      const why = s.act.kind === 'call-meeting' || said ? null : say.purpose(s.purpose)
      const text = say.step(s, on(s.endsAt), s.endsAt > s.startsAt)
      return { text: why === null ? text : `${text} ${why}`, clause: clauseOf(s.clause) }
    }),
    stoppers: path.stoppers.map((s) => ({
      text: say.stopper(s, s.until === null ? null : on(s.until)),
      clause: clauseOf(s.clause),
    })),
    assumes: path.assumes.map(say.assumption),
    taken: path.taken.map(say.taken),
    replay: say.replay(path),
  }
}

/** The facts an analysis was made under, each as a sentence. */
export const factsInWords = (rulebook: Rulebook, facts: AnalyseFacts, locale: StoryLocale): readonly string[] =>
  phrasesFor(rulebook, locale).facts(facts)

/** Whether a body can do it without everyone else, in a sentence: yes and how many of them are enough, or no and whom else it takes. */
export const aloneInWords = (rulebook: Rulebook, answer: AloneAnswer, locale: StoryLocale): string =>
  phrasesFor(rulebook, locale).alone(answer)
