import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addAnswer, answersText, type Answers } from '../../test/answers.ts'
import { arbitraryRulebook } from '../../test/arbitrary-rulebook.ts'
import { dice } from '../../test/dice.ts'
import { at, lanternText, parsed } from '../../test/lantern.ts'
import { beginningText, changedText } from '../../test/movement.ts'
import { playRandomly } from '../../test/random-acts.ts'
import { due, type Rulebook } from '../index.ts'

const shipped = ['campaign', 'co-op', 'party-branch', 'student-society', 'tenants-federation', 'union-branch']
const history = ['2016', '2017', '2020', '2022', '2023']
const read = (path: string): string => readFileSync(`${import.meta.dirname}/../../../../rulebooks/${path}.md`, 'utf8')
const start = at('2026-03-01 12:00')

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
### 8.2 Groups
\`\`\`rule
kind: power
act: recognise-group
holder: [panel-clerk, committee]
\`\`\`
### 8.3 Closing groups
\`\`\`rule
kind: power
act: derecognise-group
holder: panel-clerk
\`\`\`
`

function answersOf(rulebook: Rulebook, seed: number, histories: number): string {
  const answers: Answers = new Map()
  for (let n = 0; n < histories; n++) {
    const state = playRandomly(rulebook, dice(seed + n), start, 60, ({ act, answer }) => {
      if (act.kind === 'movement') addAnswer(answers, act.does.kind, answer)
    })
    const fallen = due({ byNumber: new Map([[rulebook.edition, rulebook]]), inForce: rulebook.edition }, state, at('2040-01-01'))
    addAnswer(answers, 'what falls by time alone', { kind: 'permitted', ...{ fallen } })
  }
  return answersText(answers)
}

describe('random acts outside decisions are answered as they were', () => {
  it.each([
    ['lantern', lent, 30],
    ['lantern without meetings', withoutMeetings(lent), 30],
    [
      'lantern with substitutes',
      changedText(lent, [
        '{id: ordinary, count: 10, by: election of members',
        '{id: ordinary, count: 10, substitute: named by the holder, by: election of members',
      ]),
      15,
    ],
    ['a beginning', beginningText, 10],
    ...shipped.map((name) => [name, read(`templates/${name}`), 8] as const),
    ...shipped.map((name) => [`${name} without meetings`, withoutMeetings(read(`templates/${name}`)), 6] as const),
    ...history.map((year) => [`movement ${year}`, read(`history/movement-${year}`), 6] as const),
  ] as const)('under %s', async (name, text, histories) => {
    const told = answersOf(parsed(text), 1, histories)
    await expect(told).toMatchFileSnapshot(`../../test/golden/answers/${name.replaceAll(' ', '-')}.txt`)
  })

  it('under random rulebooks', async () => {
    const texts = fc.sample(arbitraryRulebook(), { seed: 20_261_122, numRuns: 25 }).map(({ text }) => text)
    const told = texts.map((text, i) => `# ${i + 1}\n${answersOf(parsed(text), 100 * i, 3)}`).join('\n')
    await expect(told).toMatchFileSnapshot('../../test/golden/answers/random-rulebooks.txt')
  })
})
