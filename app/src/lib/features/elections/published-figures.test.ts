import { assert, instant, parseZone, type Instant } from '@quorate/kernel'
import type { DecisionState, Standard, StageView } from '@quorate/rulebook'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantWords, limitWords } from '../../platform/dates.ts'
import { listText, locales, words, type Locale } from '../../platform/words.ts'
import { messages } from './messages.ts'
import { officerTasksOf, type Voice } from './officer-tasks.ts'
import { keyProgress, type Progress } from './progress.ts'
import { neededLine, noResultYet, resultViewOf } from './result-view.ts'

const zone = parseZone('Europe/London')
assert(zone.kind === 'ok', 'London has a zone')
const voice = (locale: Locale): Voice => ({
  t: words(messages, locale),
  at: (at) => instantWords(at, zone.value, locale),
  until: (at) => limitWords(at, zone.value, locale, 'until'),
  by: (at) => limitWords(at, zone.value, locale, 'by'),
  day: (at) => instantWords(at, zone.value, locale, 'short'),
  list: (items) => listText(items, locale),
})
const hour = 3_600_000
const start = instant(Date.UTC(2026, 11, 1, 12))
const later = (hours: number): Instant => instant(start + hours * hour)

const yes = (inFavour: number, against: number): Standard => {
  const size = inFavour + against
  const needed = Math.ceil((2 * size) / 3)
  return {
    measure: 'yes',
    kind: 'at least',
    share: { numerator: 2, denominator: 3, percent: false },
    base: 'for-and-against',
    size,
    needed,
    actual: inFavour,
    holds: inFavour >= needed,
  }
}
const turnout = (cast: number, roll: number): Standard => {
  const needed = Math.ceil((15 * roll) / 100)
  const share = { numerator: 15, denominator: 100, percent: true }
  return { measure: 'turnout', kind: 'at least', share, base: 'roll', size: roll, needed, actual: cast, holds: cast >= needed }
}

const emptyBox = { voters: [], casts: 0, extended: false } as unknown as DecisionState['stages'][string]['box'] // fields pages do not read
type Told = { readonly inFavour?: number; readonly against?: number; readonly roll?: number; readonly certified?: boolean }
/** How far a ballot has come, as {@link Progress} tells it: up to the count, or before it when no count is given. */
function progress({ inFavour, against = 0, roll = 1_180, certified = false }: Told): Progress {
  const counted = inFavour !== undefined
  const box: Progress['box'] = {
    ...emptyBox,
    scheduledAt: start,
    opensAt: later(1),
    openedAt: later(1),
    closesAt: later(169),
    closedAt: counted ? later(169) : null,
    result: counted
      ? {
          outcome: yes(inFavour, against).holds && turnout(inFavour + against, roll).holds ? 'carried' : 'fallen',
          at: later(170),
          tally: { for: inFavour, against, blank: 0, cast: inFavour + against },
        }
      : null,
  }
  const marks = {
    box,
    roll: null,
    certifiedAt: certified ? later(180) : null,
    countersigned: [],
    challenges: [],
    enactedAt: null,
  }
  const view = (kind: StageView['kind'], state: StageView['state'], deadline: Instant | null = null): StageView => ({
    id: kind,
    kind,
    state,
    outcome: null,
    earliest: { startsAt: later(170), endsAt: later(200) },
    latest: { startsAt: later(170), endsAt: later(300) },
    deadline,
    actor: [{ kind: 'rule' }],
    clause: '4.2@1',
  })
  const ceremony = {
    uuid: 'x',
    group: 'Ed25519' as const,
    threshold: 2,
    size: 3,
    names: ['Farida Noor', 'Colm Brady', 'Amara Okafor'],
    you: null,
    steps: [1, 2, 3].flatMap((step) => [1, 2, 3].map((index) => ({ step: step as 1 | 2 | 3, index, message: '' }))),
    trustees: 'file',
    phrase: null,
    state: 'complete' as const,
    shuffled: [],
    shufflesNeeded: 0,
    checking: null,
    opened: counted ? [1, 3] : [],
  }
  return {
    election: {
      decision: 12,
      uuid: 'x',
      group_name: 'Ed25519',
      electorate: 'members@1',
      roll_size: roll,
      roll_root: 'ab'.repeat(32),
      roll_leaves: 'cd'.repeat(32),
      threshold: 2,
      issued_at: start,
      credentials: 'e',
      bind: 'b',
      trustees: 't',
      election: 'x',
      phi: 'p',
      set_up_at: start,
      paper: null,
      tally: counted ? 't' : null,
      result: counted ? 'r' : null,
      fallen_at: null,
      level_at: null,
      registrar_key: null,
      codes_signature: null,
      mailed_total: null,
      mailed_sent: null,
      mailed_bounced: null,
    },
    decision: { id: 12, stages: { ballot: marks }, ended: null } as unknown as DecisionState, // what pages read of it
    views: [
      view('freeze', 'done'),
      view('ballot', counted ? 'done' : 'now', later(0)),
      view('certify', counted && !certified ? 'now' : certified ? 'done' : 'next', later(218)),
      view('challenge', certified ? 'now' : 'next', certified ? later(348) : null),
      view('enact', 'next'),
    ],
    box,
    frozenAt: start,
    key: keyProgress(ceremony),
    ceremony,
    codes: roll,
    delivery: { total: roll, waiting: 0, sent: roll - 5, bounced: 5, failed: 0 },
    voters: counted ? inFavour + against : 7,
    ballots: counted ? inFavour + against + 3 : 7,
    openedBy: counted ? ['Farida Noor', 'Amara Okafor'] : [],
    rollClause: '2.2@1',
  }
}
function drawn(told: Required<Pick<Told, 'inFavour' | 'against'>> & Told, locale: Locale = 'en') {
  const standards = [yes(told.inFavour, told.against), turnout(told.inFavour + told.against, told.roll ?? 1_180)]
  const certifiers = told.certified === true ? ['Ruth Adeyemi', 'Tomasz Wilk'] : []
  const view = resultViewOf({ progress: progress(told), standards, certifiers, now: later(181) }, voice(locale), locale)
  assert(view !== null, 'a counted ballot has a result')
  return view
}

describe('a result as it is published', () => {
  test('says the outcome first, who voted of whom, and what was needed with its base', () => {
    const view = drawn({ inFavour: 214, against: 71, certified: true })
    expect(view.sentence).toBe('Carried: 214 for, 71 against')
    expect(view.turnout).toBe('285 of 1,180 on the roll voted.')
    expect(view.stamp?.who).toBe('Certified by Ruth Adeyemi and Tomasz Wilk, returning officers')
    expect(view.facts.map(({ value, note }) => [value, note])).toEqual([
      ['214', '75% of for and against'],
      ['71', '24.9% of for and against'],
      ['24.1%', '285 of 1,180. 177 were needed'],
      ['190', 'two thirds of votes for and against: 190 of 285'],
    ])
    expect(view.pending).toBeNull()
    expect(view.challenge.open).toBe(true)
    expect(view.steps.map((step) => step.state)).toEqual(['done', 'done', 'done', 'done', 'now', 'next'])
  })

  test('until it is certified it says so, with the last day, and nothing is open to challenge', () => {
    const view = drawn({ inFavour: 214, against: 71 })
    expect(view.stamp).toBeNull()
    expect(view.pending).toMatch(/^Not certified yet\..*by 2pm, Thursday 10 December\.$/)
    expect(view.challenge.open).toBe(false)
  })

  test('a motion that missed the turnout has fallen, however large its majority, and has no challenge to wait for', () => {
    const view = drawn({ inFavour: 100, against: 0 })
    expect(view.sentence).toBe('Not carried: 100 for, 0 against')
    expect(view.table.map((row) => row.needed)).toEqual(['67, reached', '–', '–', '177, not reached'])
    expect(view.steps.map((step) => step.id)).toEqual(['roll', 'open', 'box', 'certify'])
  })

  test('no share is shown above its true value, and no bar reaches a line that its count does not', () => {
    const count = fc.integer({ min: 0, max: 600 })
    fc.assert(
      fc.property(count, count, (inFavour, against) => {
        const { votes, voters, table } = drawn({ inFavour, against })
        for (const { part, whole, share } of [...votes.bars, ...voters.bars])
          expect(Number(share.replace(/[%,]/g, '')) * whole).toBeLessThanOrEqual(part * 100 + 1e-6)
        const reaches = (bar: (typeof votes.bars)[number] | undefined): boolean => (bar?.part ?? 0) >= (bar?.line ?? Infinity)
        expect(reaches(votes.bars[0])).toBe(3 * inFavour >= 2 * (inFavour + against))
        expect(reaches(voters.bars[0])).toBe(100 * (inFavour + against) >= 15 * 1_180)
        expect(table[2]?.count).toBe((inFavour + against).toLocaleString('en-GB'))
      }),
    )
  })

  test('lines of other rules read well: more than half of the votes cast', () => {
    const half: Standard = {
      ...yes(3, 2),
      kind: 'more than',
      share: { numerator: 1, denominator: 2, percent: false },
      base: 'votes-cast',
      needed: 3,
    }
    expect(neededLine(half, voice('en'))).toBe('more than half of votes cast: 3 of 5')
    expect(neededLine({ ...half, share: null, base: null, size: null }, voice('en'))).toBe('3')
  })

  test('before the count there is a sentence in place of figures', () => {
    const open = progress({})
    expect(resultViewOf({ progress: open, standards: [], certifiers: [], now: later(2) }, voice('en'), 'en')).toBeNull()
    expect(noResultYet(open, voice('en'), later(2))).toContain('7 of 1,180 have voted')
    expect(noResultYet(open, voice('en'), later(170))).toBe('Voting has closed. 0 of 2 trustees have opened the box.')
  })
})

/** A closed box that has no votes to show: never opened, or opened and level. */
const shut = (end: 'fallen_at' | 'level_at'): Progress => {
  const told = progress({ inFavour: 0 })
  const { election, box } = told
  assert(election !== null && box !== null, 'there is a box')
  return {
    ...told,
    election: { ...election, result: null, [end]: later(170) },
    box: {
      ...box,
      result: end === 'level_at' ? null : { outcome: 'fallen', at: later(170), tally: { for: 0, against: 0, blank: 0, cast: 3 } },
    },
  }
}

describe('a box that has no result', () => {
  test('says that it is never opened, or that it is level, and not that trustees are waited for', () => {
    expect(noResultYet(shut('fallen_at'), voice('en'), later(171))).toContain('3 people voted. With fewer than 5 votes')
    expect(noResultYet(shut('level_at'), voice('en'), later(171))).toContain('the votes are level')
  })

  test.each([
    ['fallen_at', 'Stays shut: fewer than 5 votes'],
    ['level_at', 'Opened: the votes are level, and the rule has no lot for that'],
  ] as const)('is done for the returning officer: %s', (end, text) => {
    const box = officerTasksOf(shut(end), voice('en'), later(171)).find((task) => task.id === 'box')
    expect(box).toMatchObject({ text, href: '/d/12/result', tag: { kind: 'ok' } })
  })
})

describe('the returning officer’s ten tasks', () => {
  const tags = (told: Told, now: Instant) =>
    Object.fromEntries(officerTasksOf(progress(told), voice('en'), now).map((task) => [task.id, task.tag.kind]))

  test('what is to come is locked by a rule with its day', () => {
    const tasks = officerTasksOf(progress({}), voice('en'), later(2))
    expect(tasks).toHaveLength(10)
    expect(tasks.find((task) => task.id === 'close')).toMatchObject({ clause: '4.2@1', tag: { kind: 'plain' } })
    expect(tasks.find((task) => task.id === 'close')?.tag.text).toMatch(/^From /)
    expect(tasks.find((task) => task.id === 'certify')?.tag.text).toBe('Locked')
  })

  test('only certifying is left once the box is open, then nothing', () => {
    expect(tags({ inFavour: 214, against: 71 }, later(171))).toMatchObject({ close: 'ok', box: 'ok', certify: 'now' })
    expect(new Set(Object.values(tags({ inFavour: 214, against: 71, certified: true }, later(181))))).toEqual(new Set(['ok']))
  })
})

describe('words of the elections', () => {
  // EXPERIENCE §6: what is never said on a member's page.
  const barred: Readonly<Record<Locale, RegExp>> = {
    en: /\b(encrypt|decrypt|ciphertext|hash|digest|tracker|credential|token|tally|ledger|blockchain|electorate|eligible|user|submit|invalid|oops)/i,
    cy: /\b(amgryptio|dadgryptio|defnyddiwr|annilys|wps)/i,
  }
  test.each(locales)('none is barred, in %s', (locale) => {
    for (const [key, text] of Object.entries(messages[locale])) expect(`${key}: ${text}`).not.toMatch(barred[locale])
  })
  test('both languages ask for the same figures', () => {
    const names = (text: string): readonly string[] => [...new Set(text.match(/\{[a-z]\w*(?=[,}])/g) ?? [])].toSorted()
    const asked = (locale: Locale) => Object.entries(messages[locale]).map(([key, text]) => [key, names(text)])
    expect(asked('cy')).toEqual(asked('en'))
  })
})
