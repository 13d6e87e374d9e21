// Whatever rulebook a movement starts from, there are a registrar and trustees to hold its register and its keys.
import { parseRulebook, type EditionNumber } from '@quorate/rulebook'
import { assert } from '@quorate/kernel'
import { describe, expect, test } from 'vitest'
import { startingText, startingTexts } from '#lib/features/rulebooks/index.ts'
import { excluderOf } from './exclusion.ts'
import { officesIn } from './offices.ts'

async function rulebookOf(id: string) {
  const parsed = parseRulebook((await startingText(id)) ?? '', 1 as EditionNumber)
  assert(parsed.kind === 'ok', 'a text to start from is a rulebook')
  return parsed.value
}

const ids = startingTexts('en').map(({ id }) => id)
const templates = ids.filter((id) => id === 'lantern' || id.startsWith('templates/'))

test('there are six templates and Lantern', () => {
  expect(templates).toHaveLength(7)
})

describe.each(templates)('%s', (id) => {
  test('has its own offices first, and a registrar and a trustee once each', async () => {
    const rulebook = await rulebookOf(id)
    const own = rulebook.provisions.flatMap(({ rule }) => (rule.kind === 'office' ? [rule.id] : []))
    const offices = officesIn(rulebook)
    expect(offices.slice(0, own.length)).toEqual(own)
    for (const office of ['registrar', 'trustee']) expect(offices.filter((each) => each === office)).toEqual([office])
    expect(offices).not.toContain('emperor')
  })
})

test.each([
  ['lantern', 'panel', '6.2'],
  ['templates/co-op', 'board', '7.2'],
  ['templates/tenants-federation', 'scrutiny', '6.4'],
])('in %s the %s may exclude, by rule %s', async (id, body, clause) => {
  expect(excluderOf(await rulebookOf(id))).toMatchObject({ body, clause })
})
