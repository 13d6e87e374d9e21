import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { addAnswer, answersText, type Answers } from '../../test/answers.ts'
import { dice } from '../../test/dice.ts'
import { at, lanternText, parsed } from '../../test/lantern.ts'
import { playRandomly } from '../../test/random-acts.ts'
import { slipsOf } from '../../test/slips.ts'
import { due } from '../index.ts'

// Random acts under rules with one thing otherwise: what the rulebooks we ship leave out, and what they say in one way only, stands in one of these.
// One slip in so many has a history of its own.

const start = at('2026-03-01 12:00')
const end = at('2040-01-01')
const federation = readFileSync(new URL('../../../../rulebooks/templates/tenants-federation.md', import.meta.url), 'utf8')
/** Bodies that resolve without a meeting, so that random acts get further. */
const withoutMeetings = (text: string): string => text.replaceAll(/^meets: .*\n/gm, '')
const lent = `${lanternText}
### 8.1 Lending
\`\`\`rule
kind: power
act: delegate-power
holder: [registrar, committee]
until: 30 days
\`\`\`
`

describe('random acts under rules with one thing otherwise are answered as they were', () => {
  it.each([
    ['Lantern, bodies', lent, ['body'], 13],
    ['Lantern without meetings, bodies', withoutMeetings(lent), ['body'], 31],
    ['Lantern, offices and powers', lent, ['office', 'power'], 29],
    ['Lantern without meetings, powers and sanctions', withoutMeetings(lent), ['power', 'appeal', 'conduct'], 23],
    [
      'Lantern, emergencies, courts, interests',
      lent,
      ['emergency', 'order', 'fact', 'interest', 'validity', 'service', 'genesis'],
      7,
    ],
    ['a federation, bodies and meetings', federation, ['body', 'meeting'], 37],
  ] as const)('%s', async (name, text, kinds, every) => {
    const book = parsed(text)
    const wanted = book.provisions.filter((p) => kinds.some((kind) => kind === p.rule.kind))
    const answers: Answers = new Map()
    for (const [i, { rulebook }] of wanted
      .flatMap((p) => [...slipsOf(book, p)])
      .filter((_, n) => n % every === 0)
      .entries()) {
      const state = playRandomly(rulebook, dice(1_000 + i), start, 50, ({ act, answer }) => {
        if (act.kind === 'movement') addAnswer(answers, act.does.kind, answer)
      })
      const fallen = due({ byNumber: new Map([[rulebook.edition, rulebook]]), inForce: rulebook.edition }, state, end)
      addAnswer(answers, 'what falls by time alone', { kind: 'permitted', ...{ fallen } })
    }
    await expect(answersText(answers)).toMatchFileSnapshot(
      `../../test/golden/answers/other-rules-${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.txt`,
    )
  })
})
