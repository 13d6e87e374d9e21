import { readFileSync } from 'node:fs'
import { assert, instant } from '@quorate/kernel'
import { analyse, compare, parseRulebook, watchfulFacts, type EditionNumber, type Rulebook } from '@quorate/rulebook'
import { afterAll, expect, test } from 'vitest'
import { analyserOf } from './analyser.ts'

const source = readFileSync(new URL('../../../../../rulebooks/lantern.md', import.meta.url), 'utf8')
const read = (text: string, edition: number): Rulebook => {
  const parsed = parseRulebook(text, edition as EditionNumber)
  assert(parsed.kind === 'ok', 'Lantern reads')
  return parsed.value
}
const lantern = read(source, 1)
const facts = { ...watchfulFacts(instant(Date.UTC(2027, 2, 1, 12))), electorates: { members: 1_000 } }
const analyser = analyserOf({ most: 3, limitMs: 60_000 })
afterAll(() => analyser.close())

test('what the thread answers is what the analyser says, to the last figure and sentence', async () => {
  // As texts: told apart value by value, what paths share would be looked through again for each of them.
  expect(JSON.stringify(await analyser.analyse(lantern, facts)) === JSON.stringify(analyse(lantern, facts, { labels: 8 }))).toBe(true)
  const later = read(source.replace('at least 60 people', 'at least 10 people'), 2)
  const here = compare(lantern, later, facts, 'en', { labels: 8 })
  expect(JSON.stringify(await analyser.compare(lantern, later, facts)) === JSON.stringify(here)).toBe(true)
})

test('while it reckons this thread goes on serving', async () => {
  let served = 0
  const serving = setInterval(() => served++, 1)
  const asked = { ...facts, electorates: { members: 2_000 } }
  await analyser.analyse(lantern, asked)
  clearInterval(serving)
  // Reckoned here, nothing would be served before the answer.
  expect(served).toBeGreaterThan(3)
})

test('more than so many are turned away, and those before are answered', async () => {
  const all = await Promise.all([1, 2, 3, 4].map((n) => analyser.analyse(lantern, { ...facts, electorates: { members: 100 * n } })))
  expect(all.map((answer) => answer === 'busy')).toEqual([false, false, false, true])
})

test('a question that takes longer than it may is given up, and the next one is answered', async () => {
  const hasty = analyserOf({ most: 3, limitMs: 1 })
  expect(await hasty.analyse(lantern, facts)).toBe('busy')
  expect(await hasty.analyse(lantern, facts)).toBe('busy')
  await hasty.close()
  expect((await analyser.analyse(lantern, facts)) === 'busy').toBe(false)
})
