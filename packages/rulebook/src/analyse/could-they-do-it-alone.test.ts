import { describe, expect, it } from 'vitest'
import { at, lantern } from '../../test/lantern.ts'
import { powerReport } from '../../test/power-report.ts'
import { alone, aloneInWords, analyse, standingBodies, story, watchfulFacts, type AnalyseFacts } from '../index.ts'

const facts: AnalyseFacts = { ...watchfulFacts(at('2026-11-21 19:40')), electorates: { members: 1180 } }
const analysis = analyse(lantern, facts)
const answers = alone(lantern, analysis, 'committee')
const about = (power: string) => answers.find((a) => a.power === power)

describe('could the committee do this without us?', () => {
  it('no: to change the rules it takes 60 signatures, of which it has 12, and a ballot it has not the votes for', () => {
    expect(about('amend-rulebook')).toMatchObject({ can: false, own: 12 })
    expect(about('amend-rulebook')?.missing.find((m) => m.pool === 'elector')).toMatchObject({ count: 60, missing: 48 })
    const direct = analysis.powers.find((p) => p.tier === 'constitution')?.routes[0]?.direct
    expect(direct).toMatchObject({ people: 787, replay: { kind: 'permitted' } })
    expect(direct?.steps.filter((s) => s.act.kind === 'stage' && s.act.do === 'notify').map((s) => s.endsAt)).toEqual([
      at('2026-12-06 00:00'),
    ])
  })

  it('says what it can do alone: spend, speak through the chair it elects, admit through the registrar it appoints', () => {
    expect(answers.filter((a) => a.can).map((a) => a.power)).toEqual(['spend', 'issue-statement', 'admit', 'emergency-measure'])
    expect(about('suspend')).toMatchObject({ can: false, missing: [{ pool: 'seat', id: 'panel' }] })
  })

  it('says it in a sentence, in both languages', () => {
    const answer = about('spend')
    if (answer === undefined) throw new Error('no answer')
    expect(aloneInWords(lantern, answer, 'en')).toBe(
      'Yes: the committee of 12 can spend money without anybody else. 7 of them are enough.',
    )
    expect(aloneInWords(lantern, answer, 'cy')).toContain('gwario arian')
  })

  it('asks it of bodies that hold seats, not of groups of everyone', () => {
    expect(standingBodies(lantern)).toEqual(['committee', 'panel'])
  })
})

describe('the powers of Lantern, told', () => {
  it('reads as the reference page says, word for word', async () => {
    const page = powerReport('Powers in Lantern', lantern, facts, 'committee', ['constitution', 'suspend', 'spend'])
    await expect(page).toMatchFileSnapshot('../../../../docs/reference/powers-in-lantern.md')
  })

  it('tells every path in Welsh as well, a sentence for each step and each who can stop it', () => {
    for (const power of analysis.powers)
      for (const path of power.front) {
        const [en, cy] = [story(lantern, path, 'en'), story(lantern, path, 'cy')]
        expect(cy.steps.length).toBe(path.steps.length)
        expect(cy.stoppers.length).toBe(en.stoppers.length)
        for (const s of [...cy.steps, ...cy.stoppers, ...en.steps, ...en.stoppers]) expect(s.text).toMatch(/^\S.*[.]$/)
      }
  })
})
