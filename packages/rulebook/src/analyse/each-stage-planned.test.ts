import { describe, expect, it } from 'vitest'
import {
  answerFor,
  ballotStage,
  began,
  bodyBlock,
  days,
  direct,
  facts,
  movementOf,
  officeBlock,
  procedureBlock,
  through,
  told,
} from '../../test/attempts.ts'
import { later } from '../../test/lantern.ts'
import type { AnalyseFacts, Path } from '../index.ts'

// What each kind of stage asks of an attempt, how long it lasts and what it takes for granted; the engine plays every path.

const propose = 'propose: {by: electorate members}'
const enact = (at: string): string => `enact: {effect: adopt-policy, at: ${at}}`
const notify = 'notify: {to: electorate members, clear: 7 clear days}'
const freeze = 'freeze: {electorate: members, at: propose}'
const planned = (stages: readonly string[], more: Partial<AnalyseFacts> = {}): Path | null =>
  direct(through(...stages), 'adopt-policy', facts(more))
/** A path in a line each: who does what, with whom, from which day to which. */
const lines = (path: Path | null): readonly string[] =>
  (path?.steps ?? []).map((s, i) =>
    [
      'id' in s.actor ? `${s.actor.inAttempt ? '' : 'other '}${s.actor.kind} ${s.actor.id}` : s.actor.kind,
      told(path)[i],
      ...s.needs.map((d) => `${d.count} of ${d.of} ${d.pool} ${d.id}`),
      ...(s.votes === null ? [] : [`${s.votes.for}:${s.votes.against} of ${s.votes.of}`]),
      `${(s.startsAt - began) / days}–${(s.endsAt - began) / days}`,
    ].join(', '),
  )
const lasts = (path: Path | null): number | null => (path === null ? null : path.elapsedMs / days)
const played = (path: Path | null): string | undefined => path?.replay.kind

describe('a proposal', () => {
  const by = (who: string, more: Partial<AnalyseFacts> = {}) => planned([`propose: {by: ${who}}`, enact('end of propose')], more)

  it('is made by whoever the rule names, with no more of them than it asks', () => {
    const first = (who: string): readonly [string | undefined, number | undefined, string | undefined] => {
      const path = by(who)
      return [lines(path)[0], path?.people, played(path)]
    }
    expect(first('rule')).toEqual(['rule, propose, 0–0', 0, 'permitted'])
    expect(first('electorate members')).toEqual(['electorate members, propose, 1 of 100 elector members, 0–0', 1, 'permitted'])
    expect(first('3 people of electorate members')).toEqual([
      'electorate members, propose, 3 of 100 elector members, 0–0',
      3,
      'permitted',
    ])
    expect(first('seat on board')).toEqual(['body board, propose, 1 of 12 seat board, 0–0', 1, 'permitted'])
    expect(first('board')).toEqual(['body board, propose, 7 of 12 seat board, 7:5 of 12, 0–0', 7, 'permitted'])
    expect(first('officer')).toEqual(['office officer, propose, 1 of 1 office officer, 0–0', 1, 'permitted'])
  })

  it('is not made by one whom the attempt does not have', () => {
    expect(by('seat on board', { without: ['board'] })).toBeNull()
    expect(by('seat on board', { without: ['panel'] })).not.toBeNull()
    expect(by('board', { without: ['board'] })).toBeNull()
    expect(by('officer', { without: ['officer'] })).toBeNull()
    expect(by('officer or electorate members', { without: ['officer'] })?.people).toBe(1)
  })

  it('skips the stages that are not for its proposer', () => {
    const support =
      'support: {skip-if: seat on board, signers: electorate members, need: at least 20 people, window: 7 days, lapsed: count}'
    const skipping = planned(['propose: {by: seat on board or electorate members}', support, enact('end of support')])
    expect(told(skipping)).toEqual(['propose', 'enact done'])
    expect(skipping).toMatchObject({ people: 1, replay: { kind: 'permitted' } })
    expect(planned([propose, support, enact('end of support')])?.people).toBe(20)
  })
})

describe('signatures', () => {
  const needing = (need: string) =>
    planned([
      propose,
      `support: {signers: electorate members, need: ${need}, window: 7 days, lapsed: count}`,
      enact('end of support'),
    ])

  it('are as many as the rule asks, at least one and no more than there are people', () => {
    expect(lines(needing('at least 5 people'))[1]).toBe('electorate members, support met, 5 of 100 elector members, 0–0')
    expect(needing('at least 5% of electorate members at propose')?.people).toBe(5)
    expect(lines(needing('at least 0 people'))[1]).toBe('electorate members, support met, 1 of 100 elector members, 0–0')
    expect(needing('at least 100 people')?.people).toBe(100)
    expect(needing('at least 101 people')).toBeNull()
  })
})

describe('a check', () => {
  const check = (by: string) => `check: {by: ${by}, grounds: [out-of-order], within: 3 days, timeout: passed}`

  it('is passed by officers who do their duty, and takes that for granted; any of them may refuse for as long as it lasts', () => {
    const path = planned([propose, check('officer'), enact('end of check')])
    expect(lines(path)[1]).toBe('other office officer, check passed, 0–0')
    expect(path?.assumes).toEqual([{ kind: 'dutiful', office: 'officer', clause: '11@1' }])
    expect(path?.stoppers).toEqual([
      {
        how: 'refuse-check',
        who: { pool: 'office', id: 'officer', ofClass: null },
        count: 1,
        decidedBy: null,
        clause: '11@1',
        until: later(began, 3 * days),
        step: 1,
      },
    ])
  })

  it('by hostile officers is passed by all who hold the office, who must be of the attempt; then nobody refuses', () => {
    const path = planned([propose, check('officer'), enact('end of check')], { officers: 'hostile' })
    expect(lines(path)[1]).toBe('office officer, check passed, 1 of 1 office officer, 0–0')
    expect(path).toMatchObject({ assumes: [], stoppers: [], replay: { kind: 'permitted' } })
    const pair = movementOf(
      officeBlock('pair').replace('holders: 1', 'holders: 2'),
      'kind: power\nact: adopt-policy\nvia: [decide]',
      procedureBlock('decide', propose, check('pair'), enact('end of check')),
    )
    expect(direct(pair, 'adopt-policy', facts({ officers: 'hostile' }))?.people).toBe(2)
  })
})

describe('notice and what runs beside it', () => {
  it('lasts its clear days, and until the debate beside it is over', () => {
    expect(lines(planned([propose, notify, enact('end of notify')]))).toEqual([
      'electorate members, propose, 1 of 100 elector members, 0–0',
      'rule, notify done, 0–7.5',
      'rule, enact done, 7.5–7.5',
    ])
    const debated = planned([propose, notify, 'debate: {with: notify, lasts: 10 days}', enact('end of notify')])
    expect(lines(debated).slice(1)).toEqual(['rule, notify done, 0–7.5', 'time, debate done, 0–10', 'rule, enact done, 10–10'])
    expect(debated).toMatchObject({ warningMs: 10 * days, replay: { kind: 'permitted' } })
    expect(lasts(planned([propose, 'notify: {to: electorate members, due: 3 days after propose}', enact('end of notify')]))).toBe(
      0,
    )
  })

  it('leads where the rule says it does', () => {
    const past = planned([
      propose,
      notify.replace('}', ', then: {done: enact}}'),
      'consider: {body: board, within: 2 days, timeout: refused}',
      enact('end of notify'),
    ])
    expect(told(past)).toEqual(['propose', 'notify done', 'enact done'])
    expect(played(past)).toBe('permitted')
  })

  it('a delay, a hustings and a challenge take their time and nobody', () => {
    expect(lines(planned([propose, 'delay: {lasts: 4 days}', enact('end of delay')]))[1]).toBe('time, delay done, 0–4')
    const hustings = 'hustings: {offered-to: all candidates, by: officer, within: 4 days}'
    expect(lines(planned([propose, hustings, enact('end of hustings')]))[1]).toBe('time, hustings done, 0–4')
  })
})

describe('a body that considers', () => {
  const consider = (timeout: string, more = '') => `consider: {body: board, within: 2 days, timeout: ${timeout}${more}}`

  it('agrees by its own majority, or by the one the stage asks for', () => {
    const path = planned([propose, consider('fallen'), enact('end of consider')])
    expect(lines(path)[1]).toBe('body board, consider agreed, 7 of 12 seat board, 7:5 of 12, 0–0')
    const three = planned([propose, consider('fallen', ', pass: [yes at least 3/4 of seats]'), enact('end of consider')])
    expect(three?.people).toBe(9)
  })

  it('whose silence is consent lets it pass when so many stay away that the rest are no quorum', () => {
    const quiet = answerFor(through(propose, consider('agreed'), enact('end of consider')), 'adopt-policy').front
    // Twelve seats and a quorum of six: with seven away five are left. That takes as many as agreeing, and two days more.
    expect(quiet.map((p) => [p.people, p.elapsedMs / days])).toEqual([[7, 0]])
    const strict = through(propose, consider('agreed', ', pass: [yes at least 3/4 of seats]'), enact('end of consider'))
    const paths = answerFor(strict, 'adopt-policy').front
    expect(paths.map((p) => [p.people, p.elapsedMs / days, p.replay.kind])).toEqual([
      [7, 2, 'permitted'],
      [9, 0, 'permitted'],
    ])
    expect(lines(paths[0] ?? null)[1]).toBe('other body board, consider agreed, 7 of 12 seat board, 0–2')
    // Who has nobody there can keep nobody away.
    expect(answerFor(strict, 'adopt-policy', facts({ without: ['board'] })).front).toEqual([])
    expect(planned([propose, consider('refused'), enact('end of consider')], { without: ['board'] })).toBeNull()
  })

  it('that refuses, or lets the time run out, leads on to what is open behind it', () => {
    const petition =
      'petition: {do: support, signers: electorate members, need: at least 3 people, window: 28 days, lapsed: count, then: {met: enact, unmet: fallen}}'
    const path = planned([
      propose,
      consider('refused', ', outcomes: {agreed: enact, refused: petition, amended: enact}'),
      petition,
      enact('end of propose'),
    ])
    expect(lines(path).slice(1)).toEqual([
      'other body board, consider refused, 0–2',
      'electorate members, petition met, 3 of 100 elector members, 2–2',
      'rule, enact done, 2–2',
    ])
    expect(path).toMatchObject({ people: 3, replay: { kind: 'permitted' } })
  })

  it('must be met whatever it answers: two ways out that opponents choose between ask for the harder', () => {
    const signed = (id: string, count: number) =>
      `${id}: {do: support, signers: electorate members, need: at least ${count} people, window: 28 days, lapsed: count, then: {met: enact, unmet: fallen}}`
    const path = (few: number, many: number) =>
      planned([
        propose,
        consider('fallen', ', outcomes: {agreed: enact, refused: few}, then: {fallen: many}'),
        signed('few', few),
        signed('many', many),
        enact('end of propose'),
      ])
    expect(path(3, 6)?.people).toBe(6)
    expect(path(6, 3)?.people).toBe(6)
    expect(path(3, 20)?.people).toBe(7)
  })

  it('is asked again no more often than once: a loop is no shorter way', () => {
    const path = planned([
      propose,
      consider('fallen', ', at-most: 3 times, outcomes: {agreed: enact, refused: rework}'),
      'rework: {do: delay, lasts: 7 days, at-most: 3 times, then: {done: consider}}',
      enact('end of consider'),
    ])
    expect(told(path)).toEqual(['propose', 'consider agreed', 'enact done'])
  })
})

describe('a meeting that is called to decide', () => {
  const assembly = (more: string) =>
    `assembly: {do: meeting, body: board, within: 20 days, pass: [yes more than 1/2 of for-and-against], tie: falls, timeout: fallen${more}}`

  it('is called when its turn has come, with its own notice', () => {
    const path = planned([propose, notify, assembly(', called-by: officer, notice: 5 days'), enact('end of assembly')])
    expect(lines(path).slice(1)).toEqual([
      'rule, notify done, 0–7.5',
      'body board, call-meeting, 7.5–12.5',
      'body board, assembly agreed, 7 of 12 seat board, 7:5 of 12, 12.5–12.5',
      'rule, enact done, 12.5–12.5',
    ])
    expect(path?.replay).toEqual({ kind: 'permitted', acts: 5 })
  })

  it('waits for no notice that the rule does not give, or that nobody calls it with', () => {
    expect(lasts(planned([propose, assembly(', called-by: officer'), enact('end of assembly')]))).toBe(0)
    expect(lasts(planned([propose, assembly(', notice: 5 days'), enact('end of assembly')]))).toBe(0)
  })

  it('has no second notice where the body has a notice for its meetings', () => {
    const meeting = bodyBlock({ id: 'senate', more: 'meets: {every: 1 month, notice: 3 days, by: officer}' })
    const senate = (more: string) =>
      movementOf(
        meeting,
        'kind: power\nact: adopt-policy\nvia: [decide]',
        procedureBlock('decide', propose, assembly(more).replace('board', 'senate'), enact('end of assembly')),
      )
    const called = direct(senate(', called-by: officer, notice: 5 days'), 'adopt-policy')
    expect([lasts(called), played(called)]).toEqual([5, 'permitted'])
    expect(lasts(direct(senate(''), 'adopt-policy'))).toBe(3)
  })

  it('that signers may call refuses like any other when the time is over', () => {
    const lost = planned(
      [propose, assembly(', called-by: officer').replace('fallen', 'signers may call it'), enact('end of assembly')],
      {
        without: ['board'],
      },
    )
    expect(lost).toBeNull()
  })
})

describe('nominations', () => {
  const election = (closes: string, more = '') =>
    movementOf(
      'kind: meeting\nid: agm\nof: board',
      'kind: power\nact: elect\nvia: [decide]',
      procedureBlock(
        'decide',
        propose,
        `nominate: {candidates: every eligible person who asks, ${closes}${more}}`,
        freeze,
        ballotStage({ rest: ', options: candidates', pass: 'winner beats none-of-these' }).replace('yes-no', 'schulze'),
        'enact: {effect: elect, at: end of ballot}',
      ),
    )

  it('last their window or until their date, counted from the proposal or back from a meeting that suits', () => {
    expect(lines(direct(election('window: 6 days'), 'elect')).slice(1)).toEqual([
      'time, nominate contested, 0–6',
      'rule, freeze done, 6–6',
      'electorate members, ballot carried, 51 of 100 elector members, 51:49 of 100, 6–11',
      'rule, enact done, 11–11',
    ])
    expect(lasts(direct(election('closes: 6 days after propose'), 'elect'))).toBe(11)
    // As early as leaves a millisecond for nominations.
    expect(direct(election('closes: 12 days before agm'), 'elect')?.elapsedMs).toBe(5 * days + 1)
  })

  it('ask for those who sign, and a count by a method takes more votes than everyone else for enough', () => {
    const signed = (need: string) => direct(election('window: 6 days', `, signers: electorate members, need: ${need}`), 'elect')
    const path = signed('at least 2 people')
    expect(lines(path)[1]).toBe('time, nominate contested, 2 of 100 elector members, 0–6')
    expect(path).toMatchObject({ assumes: [{ kind: 'more-votes-win', clause: '12@1' }], replay: { kind: 'permitted' } })
    expect(lines(signed('at least 3% of electorate members at propose'))[1]).toContain('3 of 100')
    expect(lines(signed('at least 0 people'))[1]).toContain('1 of 100')
    const spread = election(
      'window: 6 days',
      ', signers: electorate members, need: at least 2 people, spread: {at-least: 2, groups: 3, of: board}',
    )
    expect(played(direct(spread, 'elect'))).toBe('permitted')
  })
})

describe('a ballot', () => {
  it('opens at once, or with hostile officers when nobody has scheduled it', () => {
    const stages = [propose, freeze, ballotStage(), enact('end of ballot')]
    expect(lines(planned(stages)).slice(2)).toEqual([
      'electorate members, ballot carried, 51 of 100 elector members, 51:49 of 100, 0–5',
      'rule, enact done, 5–5',
    ])
    // On the fourth day at noon.
    expect(lines(planned(stages, { officers: 'hostile' }))[2]).toContain('51:49 of 100, 4–9')
    expect(planned(stages)?.assumes).toEqual([])
  })

  it('waits for the stages it opens after', () => {
    const opens = ballotStage({ rest: ', opens: [after notify, after debate]' })
    const path = planned([propose, notify, 'debate: {with: notify, lasts: 10 days}', freeze, opens, enact('end of ballot')])
    expect(lines(path).at(-2)).toContain('10–15')
  })

  it('that closes by date lasts until then, and is none where that has gone by', () => {
    const closing = (date: string) =>
      planned([propose, freeze, ballotStage({ period: `closes: ${date}` }), enact('end of ballot')])
    expect(lasts(closing('2027-03-20 12:00'))).toBe(19)
    expect(lasts(closing('2027-03-01 12:01'))).toBe(1 / 1_440)
    expect(closing('2027-03-01 12:00')).toBeNull()
    expect(closing('2027-02-20 12:00')).toBeNull()
  })

  it('of an electorate nobody has counted is no way, and the analysis says what it lacks', () => {
    const rulebook = through(propose, freeze, ballotStage(), enact('end of ballot'))
    expect(direct(rulebook, 'adopt-policy', facts({ electorates: {} }))).toBeNull()
  })

  it('is held on the roll that its stage names, or of the electorate it names itself', () => {
    const path = planned([propose, freeze, ballotStage(), enact('end of ballot')])
    expect(path?.needs).toEqual([{ pool: 'elector', id: 'members', ofClass: null, count: 51, of: 100 }])
  })
})

describe('after a ballot', () => {
  const certified = (timeout: string, officers: AnalyseFacts['officers']) =>
    direct(
      movementOf(
        officeBlock('deputy'),
        'kind: power\nact: adopt-policy\nvia: [decide]',
        procedureBlock(
          'decide',
          propose,
          freeze,
          ballotStage(),
          `certify: {by: officer, within: 2 days, timeout: ${timeout}}`,
          enact('end of certify'),
        ),
      ),
      'adopt-policy',
      facts({ officers }),
    )

  it('officers who do their duty certify at once; hostile ones let the time run out, and a deputy’s time after it', () => {
    expect(lines(certified('certified', 'dutiful'))[3]).toBe('other office officer, certify certified, 5–5')
    expect(certified('certified', 'dutiful')?.assumes).toEqual([{ kind: 'dutiful', office: 'officer', clause: '12@1' }])
    expect(lines(certified('certified', 'hostile'))[3]).toBe('time, certify certified, 9–11')
    expect(lines(certified('deputy certifies', 'hostile'))[3]).toBe('time, certify certified, 9–13')
    expect(certified('certified', 'hostile')?.assumes).toEqual([])
  })

  it('a window of challenge is waited for, and any who may challenge can stop it until its end', () => {
    const challenge =
      'challenge: {by: BY, to: panel, within: 6 days, grounds: [count], decide-within: 3 days, timeout: dismissed, stay: yes}'
    const challenged = (by: string) =>
      planned([propose, freeze, ballotStage(), challenge.replace('BY', by), enact('end of challenge')])
    const path = challenged('electorate members')
    expect(lines(path)[3]).toBe('time, challenge done, 5–11')
    expect(path?.stoppers).toEqual([
      {
        how: 'challenge',
        who: { pool: 'elector', id: 'members', ofClass: null },
        count: 1,
        decidedBy: 'panel',
        clause: '11@1',
        until: later(began, 11 * days),
        step: 3,
      },
    ])
    expect(challenged('officer')?.stoppers).toEqual([])
  })
})

describe('taking effect', () => {
  it('waits for its date, for the end of an appeal, and for nothing that has gone by', () => {
    expect(lasts(planned([propose, enact('2027-03-11 12:00')]))).toBe(10)
    expect(lasts(planned([propose, enact('2027-02-01')]))).toBe(0)
    expect(lasts(planned([propose, 'delay: {lasts: 1 day}', enact('5 days after propose')]))).toBe(5)
    const appealed = planned([
      propose,
      'consider: {body: board, within: 2 days, timeout: refused, appeal: appeal}',
      enact('end of appeal'),
    ])
    expect(lasts(appealed)).toBe(14)
    expect(appealed?.stoppers).toEqual([
      {
        how: 'appeal',
        who: { pool: 'elector', id: 'members', ofClass: null },
        count: 1,
        decidedBy: 'panel',
        clause: '9@1',
        until: later(began, 14 * days),
        step: 1,
      },
    ])
  })
})

describe('a stage that waits for a fact', () => {
  const advised = (first: string, second: string, attestors: AnalyseFacts['attestors']) =>
    direct(
      movementOf(
        'kind: fact\nid: advice\nattested-by: [officer, board]\nevidence: document\nexpires: 90 days',
        'kind: power\nact: adopt-policy\nvia: [decide]',
        procedureBlock('decide', first, second, enact('end of delay')),
      ),
      'adopt-policy',
      facts({ attestors }),
    )
  const delay = 'delay: {lasts: 1 day}'

  it('lets nobody propose whom nobody attests it to, and names those who would', () => {
    const first = 'propose: {by: electorate members, when: fact advice}'
    expect(advised(first, delay, 'willing')).toMatchObject({
      assumes: [{ kind: 'attested', what: 'advice', by: ['officer', 'board'], clause: '12@1' }],
      replay: { kind: 'permitted' },
    })
    expect(advised(first, delay, 'unwilling')).toBeNull()
  })

  it('is left out later on where nobody shows it, as the engine leaves it out', () => {
    for (const attestors of ['willing', 'unwilling'] as const) {
      const path = advised(propose, 'delay: {lasts: 1 day, when: fact advice}', attestors)
      expect(told(path)).toEqual(['propose', 'enact done'])
      expect(path).toMatchObject({ elapsedMs: 0, assumes: [], replay: { kind: 'permitted' } })
    }
  })

  it('a stage that waits for a date is no fact', () => {
    expect(lasts(advised(propose, 'delay: {lasts: 1 day, when: 2027-03-01}', 'unwilling'))).toBe(1)
  })
})
