import { describe, expect, it } from 'vitest'
import { movementOf, procedureBlock } from '../../test/attempts.ts'
import type { ClauseId } from '../index.ts'
import { words } from './words.ts'

// A count of one is said in the singular.

const firstLine = (locale: 'en' | 'cy', ...stages: readonly string[]): string =>
  (words(movementOf(procedureBlock('decide', ...stages)), '10' as ClauseId, locale) ?? '').split('\n')[0] ?? ''
const propose = 'propose: {by: electorate members}'
const enact = 'enact: {effect: spend, at: end of propose}'

describe('a procedure', () => {
  it('of one stage, and of two', () => {
    expect(firstLine('en', propose)).toBe('The procedure “decide” has 1 stage:')
    expect(firstLine('en', propose, enact)).toBe('The procedure “decide” has 2 stages:')
    expect(firstLine('cy', propose)).not.toBe(firstLine('cy', propose, enact))
  })
})
