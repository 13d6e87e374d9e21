import { describe, expect, it } from 'vitest'
import { everyActWithOneThingWrong } from '../../test/every-act.ts'
import { clause, codes, edition, fact, kinds, later, members, parsed, person, print, why } from '../../test/lantern.ts'
import {
  ballotAndEnd,
  boxOf,
  endOf,
  minute,
  monday,
  rulebookWith,
  text,
  textWith,
  told,
  untilOpen,
  type Told,
} from '../../test/procedures.ts'
import { changesOf, fingerprintOf, resultingText, waiting, type ActBody, type Event } from '../index.ts'

everyActWithOneThingWrong()

const day = 24 * 60 * minute
const end = (power: string, after: string): string => `enact: {effect: ${power}, at: end of ${after}}`

describe('signatures that may be taken back', () => {
  const begun = (withdraw: string): Told => {
    const t = told(
      rulebookWith('adopt-policy', [
        'propose: {by: electorate members}',
        `support: {signers: electorate members, need: at least 2 people, window: 7 days, lapsed: count, withdraw: ${withdraw}}`,
        end('adopt-policy', 'support'),
      ]),
    )
    t.member(1, text('adopt-policy'))
    t.member(1, { kind: 'sign' })
    expect(t.member(2, { kind: 'sign' })).toEqual(['signed', 'supported'])
    return t
  }
  const enacted: ActBody = { kind: 'enact', text: print(1) }

  it('until the number is met: it stands from then on', () => {
    const t = begun('until met')
    expect(codes(t.by(2, members, { kind: 'withdraw' }))).toEqual(['too-late'])
    expect(t.rule(enacted)).toEqual(['enacted', 'ended'])
  })

  it('until the time is over: the number at that instant counts', () => {
    const t = begun('until close')
    expect(why(t.by(0, 'rule', enacted))).toMatchObject({ code: 'too-early', required: { at: later(monday, 7 * day) } })
    expect(t.member(2, { kind: 'withdraw' })).toEqual(['withdrawn', 'unmet'])
    expect(t.member(3, { kind: 'sign' })).toEqual(['signed', 'supported'])
    expect(t.member(4, { kind: 'sign' })).toEqual(['signed'])
    expect(t.member(4, { kind: 'withdraw' })).toEqual(['withdrawn'])
    t.wait(7 * day)
    expect(t.rule(enacted)).toEqual(['enacted', 'ended'])
    const lost = begun('until close')
    lost.member(1, { kind: 'withdraw' })
    lost.wait(7 * day)
    expect(lost.rule({ kind: 'tick' })).toEqual(['ended'])
    expect(endOf(lost)).toBe('lapsed')
  })
})

describe('statements and withdrawals until voting opens', () => {
  const election = (nominate: string) =>
    rulebookWith('endorse', [
      'propose: {by: electorate members}',
      `nominate: {candidates: every eligible person who asks, window: 5 days, ${nominate}, uncontested: ballot with none-of-these}`,
      ...ballotAndEnd('endorse', ', options: candidates, none-of-these: yes').map((s) =>
        s
          .replace('method: yes-no', 'method: schulze')
          .replace('yes more than 1/2 of for-and-against', 'winner beats none-of-these'),
      ),
    ])
  const stand = (n: number | null): ActBody => ({ kind: 'stand', statement: n === null ? null : print(n) })
  const listOf = (...people: readonly number[]) => ({
    options: people.length,
    list: fingerprintOf(people.map((n) => person(n)).join('\n')),
  })
  /** Nominations of 11, 12 and 13, none with a statement, closed; notice served and roll frozen. */
  const closed = (rules: string): Told => {
    const t = told(election(rules))
    t.member(1, text('endorse'))
    for (const n of [11, 12, 13]) t.member(n, stand(null), t.state('may-stand', true, 'nominate'))
    t.wait(5 * day)
    t.rule({ kind: 'tick' })
    return t
  }
  const toOpening = (t: Told): void => {
    const servedAt = t.now()
    t.rule({ kind: 'notify' }, t.state('notice', { served: 100, of: 100 }))
    t.wait(8 * day)
    t.rule({ kind: 'freeze' }, { ...fact('roll', 'members', { size: 100, root: print(9) }, servedAt, 'roll'), knownAt: t.now() })
    t.officer({ kind: 'schedule', opensAt: later(t.now(), day) })
  }

  it('a statement by opening is taken after nominations close, and whoever gives none is left off', () => {
    const t = closed('statement: by opening, withdraw: no')
    expect(t.story.events().at(-1)).toMatchObject({ kind: 'nominated', outcome: 'contested', candidates: 3 })
    expect(t.member(11, stand(11))).toEqual(['stood'])
    expect(codes(t.by(14, members, stand(14), t.state('may-stand', true, 'nominate')))).toEqual(['too-late'])
    toOpening(t)
    expect(t.member(12, stand(12))).toEqual(['stood'])
    t.wait(day)
    expect(why(t.by(13, members, stand(13)))).toMatchObject({ code: 'too-late', required: { at: t.now() } })
    const open = { kind: 'open' } as const
    expect(codes(t.by(0, 'rule', open, t.state('setup', { fingerprint: print(7), ...listOf(11, 12, 13) })))).toEqual([
      'unfair-options',
    ])
    expect(t.rule(open, t.state('setup', { fingerprint: print(7), ...listOf(11, 12) }))).toEqual(['opened'])
  })

  it('a candidate stands down until opening, and does not come back', () => {
    const t = closed('withdraw: until opening')
    expect(t.member(12, { kind: 'stand-down' })).toEqual(['stood-down'])
    expect(codes(t.by(12, members, stand(12)))).toEqual(['too-late'])
    toOpening(t)
    t.wait(day)
    expect(codes(t.by(13, members, { kind: 'stand-down' }))).toEqual(['too-late'])
    expect(t.rule({ kind: 'open' }, t.state('setup', { fingerprint: print(7), ...listOf(11, 13) }))).toEqual(['opened'])
    const fixed = closed('withdraw: until close')
    expect(codes(fixed.by(12, members, { kind: 'stand-down' }))).toEqual(['too-late'])
  })
})

describe('a decision about one group', () => {
  const stages = [
    'propose: {by: electorate members of this group}',
    'support: {signers: electorate members, need: at least 50% of electorate members of this group at propose, window: 7 days, lapsed: count}',
    'notify: {to: electorate members of this group, clear: 7 clear days}',
    end('derecognise-group', 'notify'),
  ]
  const inGroup = (t: Told) => [t.state('group', 'cardiff'), t.state('eligible', true, 'members@cardiff')]

  it('says which, is proposed by one of its members, counts it alone and gives notice to it alone', () => {
    const t = told(rulebookWith('derecognise-group', stages))
    expect(codes(t.by(1, members, text('derecognise-group'), t.state('eligible', true, 'members@cardiff')))).toEqual([
      'missing-fact',
    ])
    expect(
      codes(
        t.by(1, members, text('derecognise-group'), t.state('group', 'cardiff'), t.state('eligible', false, 'members@cardiff')),
      ),
    ).toEqual(['not-eligible'])
    expect(t.member(1, text('derecognise-group'), ...inGroup(t))).toEqual(['proposed', 'group-stated'])
    const size = t.state('electorate-size', 3, 'members@cardiff')
    t.member(1, { kind: 'sign' }, size, t.state('electorate-size', 3_000, 'members'))
    expect(t.member(2, { kind: 'sign' }, size)).toEqual(['signed', 'supported'])
    expect(waiting(t.story.editions(), t.story.state(), t.now())).toMatchObject([
      { kind: 'notify', electorate: 'members', group: 'cardiff' },
    ])
    expect(t.rule({ kind: 'notify' }, t.state('notice', { served: 3, of: 3 }))).toEqual(['noticed'])
  })
})

describe('amendments that nobody is named to decide', () => {
  it('are the proposer’s to accept, in their order and in time', () => {
    const t = told(
      rulebookWith('adopt-policy', [
        'propose: {by: electorate members}',
        'debate: {lasts: 10 days, amendments: {by: electorate members, due: 5 days after propose, collision: later falls}}',
        ...ballotAndEnd('adopt-policy'),
      ]),
    )
    t.member(1, text('adopt-policy'))
    const change = { clause: clause('1'), before: print(101), after: print(102) }
    t.member(11, { kind: 'amend', document: print(21), changes: [change] })
    t.wait(5 * day)
    const decide: ActBody = { kind: 'decide-amendment', amendment: 1, outcome: 'carried', document: print(31) }
    expect(codes(t.by(11, members, decide))).toEqual(['not-eligible'])
    expect(t.member(1, decide)).toEqual(['amendment-decided', 'amended'])
  })
})

const guards = 'kind: tier\nid: all\nguards: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]\nprocedure: decide'
const amending = ['propose: {by: electorate members}', 'delay: {lasts: 7 days}', end('amend-rulebook', 'delay')]
/** A rulebook whose rules change after a week, with more clauses from 15 on, and a proposal of one change to it. */
function changing(more: readonly string[], id: string, change: (source: string) => string | null) {
  const book = textWith('amend-rulebook', amending, guards, ...more)
  const rules = parsed(book)
  const after = change(rules.clauses.get(clause(id))?.source ?? '')
  const changes = [{ clause: clause(id), after }]
  const result = resultingText(book, edition(1), changes, monday)
  const t = told(rules)
  const body: ActBody = {
    kind: 'propose',
    power: 'amend-rulebook',
    form: 'diff',
    document: print(1),
    changes: changesOf(book, changes),
  }
  return {
    t,
    body,
    result,
    propose: (...facts: readonly Parameters<typeof t.by>[3][]) => t.by(1, members, body, result.fact, ...facts),
  }
}
const reasonsOf = (answer: readonly Event[] | { readonly routes: readonly { readonly reasons: readonly unknown[] }[] }) =>
  'routes' in answer ? (answer.routes[0]?.reasons ?? []) : []

describe('a text with a field left open', () => {
  it('is neither proposed nor brought in', () => {
    const service = (s: string) => s.replace('sound-when: at least 9/10 of roll', 'sound-when: unknown')
    const { t, result, body } = changing([], '2', service)
    expect(result.fact.value).toMatchObject({ diagnostics: 0, open: 1 })
    const sound = { ...result.fact, value: { ...(result.fact.value as object), findings: 0 } }
    expect(codes(t.by(1, members, body, sound))).toEqual(['invalid-text'])
    t.member(1, body, { ...sound, value: { ...sound.value, open: 0 } })
    t.wait(7 * day)
    const enact: ActBody = { kind: 'enact', text: fingerprintOf(result.text ?? '') }
    expect(codes(t.by(0, 'rule', enact, { ...sound, knownAt: t.now() }))).toEqual(['invalid-text'])
  })

  it('that was open already does not stop its own repair', () => {
    const book = textWith('amend-rulebook', amending, guards).replace('sound-when: at least 9/10 of roll', 'sound-when: unknown')
    const change = [{ clause: clause('12'), after: null }]
    expect(resultingText(book, edition(1), change, monday).fact.value).toMatchObject({ open: 0 })
  })
})

describe('what no act may ever do', () => {
  const limit = (never: string): string => `kind: limit\nnever: [${never}]`

  it('takes no way to appeal away, by itself or with what refers to it', () => {
    const drop = changing([limit('removal of appeal')], '10', () => null)
    expect(drop.result.fact.value).toMatchObject({ 'appeals-removed': 1 })
    expect(reasonsOf(drop.propose())).toContainEqual(expect.objectContaining({ code: 'no-power', clause: '15@1' }))
    const free = changing([limit('payment for votes')], '10', () => null)
    expect(reasonsOf(free.propose())).not.toContainEqual(expect.objectContaining({ clause: '15@1' }))
    const power = 'kind: power\nact: spend\nholder: committee\nappeal: appeal'
    const off = changing([limit('removal of appeal'), power], '16', (s) => s.replace('\nappeal: appeal', ''))
    expect(codes(off.propose())).toEqual(['no-power'])
  })

  it('takes no right away from those who have it', () => {
    const standing = 'kind: standing\nstates:\n  active: {rights: [vote, stand]}\n  lapsed: {loses: [vote], from: active}'
    const never = limit('removal of rights already held')
    for (const [from, to] of [
      ['rights: [vote, stand]', 'rights: [vote]'],
      ['loses: [vote]', 'loses: [vote, stand]'],
    ] as const) {
      const less = changing([never, standing], '16', (s) => s.replace(from, to))
      expect(reasonsOf(less.propose())).toContainEqual(expect.objectContaining({ code: 'no-power', clause: '15@1' }))
    }
    const more = changing([never, standing], '16', (s) => s.replace('[vote, stand]', '[vote, stand, speak]'))
    expect(reasonsOf(more.propose())).not.toContainEqual(expect.objectContaining({ clause: '15@1' }))
  })

  it('takes no effect before it is enacted: an enactment dated back is refused', () => {
    for (const [never, refused] of [
      ['effect before enact', true],
      ['payment for votes', false],
    ] as const) {
      const { t, body, result } = changing([limit(never)], '2', (s) => `${s}\n`.replace('Clause 2', 'Clause two'))
      t.member(1, body, result.fact)
      t.wait(8 * day)
      const act = { kind: 'enact', text: fingerprintOf(result.text ?? '') } as const
      const late = { ...result.fact, knownAt: t.now() }
      const at = later(monday, 7 * day)
      const answer = t.story.attempt('rule', 'rule', t.now(), { ...act, occurredAt: at } as ActBody, late)
      expect('routes' in answer).toBe(refused)
      if (refused) expect(why(answer)).toMatchObject({ code: 'too-early', clause: '15@1' })
    }
  })

  it('goes no further once somebody shows that it is about what the law or the rules forbid, but lets people take back what they gave', () => {
    const book = textWith(
      'adopt-policy',
      ['propose: {by: electorate members}', ...ballotAndEnd('adopt-policy')],
      limit('payment for votes, election reserved by law'),
    )
    const t = told(parsed(book))
    const shown = t.state('concerns', true, 'payment-for-votes')
    expect(codes(t.by(1, members, text('adopt-policy'), shown))).toEqual(['no-power'])
    expect(kinds(t.by(1, members, text('adopt-policy'), t.state('concerns', true, 'industrial-action-ballot')))).toEqual([
      'proposed',
    ])
    untilOpen(t)
    expect(t.member(1, { kind: 'cast', ballot: print(1) }, shown)).toEqual(['cast'])
    t.to(boxOf(t).closesAt ?? t.now())
    expect(why(t.by(0, 'rule', { kind: 'declare' }, t.state('concerns', true, 'election-reserved-by-law')))).toMatchObject({
      code: 'no-power',
      clause: '14@1',
    })
  })
})

describe('the way that protects a rule', () => {
  const strict = `kind: procedure\nid: strict\nstages:\n  propose: {by: electorate members}\n  consider: {body: conference, within: 30 days, timeout: fallen, pass: [yes at least 2/3 of present]}\n  enact: {effect: amend-rulebook, at: end of consider}`
  const power = 'kind: power\nact: amend-rulebook\nvia: [strict]'
  const tier = (more: string) => `kind: tier\nid: core\nguards: [3]\nprocedure: strict${more}`

  it('changes by itself or one as strict, whatever tier guards its clause', () => {
    // 15 strict, 16 its power, 17 the tier: all guarded by the easy procedure.
    for (const id of ['15', '17']) {
      const easy = changing([strict, power, tier('')], id, (s) => `${s} `.replace('Clause', 'The clause'))
      expect(reasonsOf(easy.propose())).toContainEqual(
        expect.objectContaining({ code: 'no-power', clause: '17@1', required: { unit: 'procedure', id: 'strict', size: null } }),
      )
    }
    const other = changing([strict, power, tier('')], '2', (s) => s.replace('Clause 2', 'The clause'))
    expect(reasonsOf(other.propose())).not.toContainEqual(expect.objectContaining({ clause: '17@1' }))
    const either = changing([strict, power, tier('\nor: [decide]')], '15', (s) => s.replace('Clause', 'The clause'))
    expect(reasonsOf(either.propose())).not.toContainEqual(expect.objectContaining({ clause: '17@1' }))
  })
})

describe('a change that reaches decisions already running', () => {
  const transition = (unless: string) => `kind: transition\nin-flight: edition of notice${unless}`
  const stated = 'stated in the amending act and passed by the old tier'
  const reach = (name: string, evidence: string | null) => ({ ...fact(name, null, true, monday), evidence: evidence as never })

  it('is made only where the clause on transition lets it, and only when shown', () => {
    const none = changing([transition('')], '2', (s) => s.replace('Clause 2', 'Two'))
    expect(codes(none.propose(reach('reaches-running', print(1))))).toEqual(['no-power'])
    const own = changing([transition(`\nunless: [${stated}]`)], '2', (s) => s.replace('Clause 2', 'Two'))
    expect(codes(own.propose(reach('reaches-running', print(5))))).toEqual(['missing-fact'])
    expect(codes(own.propose(reach('change-above', print(5))))).toEqual(['no-power'])
    expect(kinds(own.propose(reach('reaches-running', print(1))))).toEqual(['proposed', 'reach-stated'])
    const above = changing([transition('\nunless: [change above]')], '2', (s) => s.replace('Clause 2', 'Two'))
    expect(codes(above.propose(reach('change-above', null)))).toEqual(['missing-fact'])
    expect(kinds(above.propose(reach('change-above', print(5))))).toEqual(['proposed', 'reach-stated'])
  })

  it('moves what was noticed under the edition before to the new one, and nothing that does not say so', () => {
    for (const reaches of [true, false]) {
      const { t, body, result } = changing([transition(`\nunless: [${stated}]`)], '2', (s) => s.replace('Clause 2', 'Two'))
      t.member(1, body, result.fact, ...(reaches ? [reach('reaches-running', print(1))] : []))
      t.wait(7 * day)
      t.rule({ kind: 'enact', text: fingerprintOf(result.text ?? '') }, { ...result.fact, knownAt: t.now() })
      expect(t.story.state().reaching).toEqual(reaches ? [2] : undefined)
      const next = parsed(result.text ?? '', 2)
      const first = t.story.editions()
      const running = {
        ...t.story.state(),
        decisions: {
          7: { ...(t.story.state().decisions[1] as never as object), id: 7, ended: null, noticedUnder: 1, stages: {} } as never,
        },
      }
      const both = { byNumber: new Map([...first.byNumber, [next.edition, next]]), inForce: next.edition }
      expect(waiting(both, running, t.now())).toMatchObject([{ kind: 'enact', clause: `13@${reaches ? 2 : 1}` }])
    }
  })
})
