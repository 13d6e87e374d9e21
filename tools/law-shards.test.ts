import { expect, it } from 'vitest'
import { lawText, summed, tooFew } from './law-shards.ts'

const told = [
  { law: 'dates', counts: { procedures: 600, refusals: 599 } },
  { law: 'words', counts: { rules: 10 } },
  { law: 'dates', counts: { procedures: 400, refusals: 400 } },
]

it('adds up what the processes were asked, and finds the law that was asked too few', () => {
  const laws = summed(told)
  expect(laws.map(lawText)).toEqual(['dates: 1,000 procedures, 999 refusals', 'words: 10 rules'])
  expect(tooFew(laws, 1000).map(({ law }) => law)).toEqual(['words'])
  expect(tooFew(laws, 1001).map(({ law }) => law)).toEqual(['dates', 'words'])
})
