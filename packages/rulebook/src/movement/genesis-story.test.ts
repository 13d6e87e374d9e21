import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fingerprint } from '../act.ts'
import { readFileSync } from 'node:fs'
import { everyActWithOneThingWrong } from '../../test/every-act.ts'
import { at, codes, decision, kinds, isRefusal, lanternText, later, person, print, why } from '../../test/lantern.ts'
import { foundingText } from '../decision/amendment.ts'
import { fingerprintOf } from '../language/document.ts'
import { beginningText, happened, movementStory, proven } from '../../test/movement.ts'
import { foundingRoll, type Application } from './founding-roll.ts'

everyActWithOneThingWrong()

// Story 2: a movement without rules. 21,064 apply to found it, two drafts stand against each other on one ballot.
const identity = (n: number): Fingerprint => print(10_000_000 + n)
const apply = (n: number, person: number, more: readonly number[] = []): Application => ({
  id: `a${String(n).padStart(6, '0')}`,
  at: later(at('2016-11-01'), n * 60_000),
  identities: [identity(person), ...more.map(identity)],
  proof: { kind: 'shown', evidence: print(n) },
})
/** 21,000 people; 60 of them applied twice, and 4 applications were made in somebody else’s name. */
const applications: readonly Application[] = [
  ...Array.from({ length: 21_000 }, (_, i) => apply(i, i)),
  ...Array.from({ length: 60 }, (_, i) => apply(21_000 + i, 500 + i)),
  ...Array.from({ length: 4 }, (_, i): Application => ({
    ...apply(-10 - i, 900 + i),
    proof: { kind: 'failed', evidence: print(i) },
  })),
]

const notice = at('2017-01-02 10:00')
/** Two whole rulebooks against each other: a union branch's, with its conference of delegates, and a campaign's. */
const texts = ['union-branch', 'campaign'].map((name) =>
  readFileSync(new URL(`../../../../rulebooks/templates/${name}.md`, import.meta.url), 'utf8'),
)
const draftOf = (id: string, text = '') => ({ id, text: fingerprintOf(text) })
const drafts = [draftOf('delegates', texts[0]), draftOf('members', texts[1])]
const sound = [foundingText('delegates', texts[0] ?? '', notice).fact, foundingText('members', texts[1] ?? '', notice).fact]
const notified = (n = 21_000) => proven('notice', 'genesis', { served: n, of: 21_000 }, notice, 'post')
const served = (n = 21_000) => [notified(n), ...sound]
const opensAt = at('2017-01-31')
const closesAt = at('2017-02-07')

function noticed() {
  const story = movementStory(beginningText)
  happened(story.act('rule', 'rule', notice, { kind: 'found', drafts }, ...served()))
  return story
}
function frozen() {
  const story = noticed()
  const roll = foundingRoll(applications)
  const fact = proven('roll', 'founding-roll', { size: roll.ids.length, root: roll.root }, notice, 'roll')
  happened(story.act('rule', 'rule', later(notice, 1), { kind: 'freeze-founding' }, fact))
  return story
}
const count = (winner: string, inFavour: number, against: number, voters: number) => [
  proven('count', 'genesis', { winner, for: inFavour, against, voters }, closesAt),
  ...sound,
]

describe('the founding roll', () => {
  it('of 21,064 applications 60 duplicates and 4 impostors go, and 21,000 people stay', () => {
    const roll = foundingRoll(applications)
    expect(roll.ids).toHaveLength(21_000)
    expect(roll.removed.filter((r) => r.why === 'duplicate')).toHaveLength(60)
    expect(roll.removed.filter((r) => r.why === 'impostor')).toHaveLength(4)
    // An impostor who came first does not push out the person they pretended to be.
    expect(roll.ids).toContain('a000900')
    expect(roll.removed).toContainEqual({ id: 'a021000', why: 'duplicate', of: 'a000500' })
  })

  it('comes out the same from any order, so anybody can draw it again', () => {
    const { root, removed } = foundingRoll(applications)
    const turned = foundingRoll([...applications].reverse())
    expect(turned.root).toBe(root)
    expect(turned.removed).toEqual(removed)
    const small = fc.array(fc.tuple(fc.nat(30), fc.nat(6), fc.array(fc.nat(6), { maxLength: 2 }), fc.boolean()), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(small, fc.array(fc.nat(), { minLength: 30, maxLength: 30 }), (rows, order) => {
        const made = rows.map(([minute, one, more, ok], i): Application => {
          const own = apply(minute, one, more)
          return { ...own, id: `a${i}`, proof: { kind: ok ? 'shown' : 'failed', evidence: print(i) } }
        })
        const keys = made.map((a, i) => ({ a, key: order[i] ?? 0 }))
        const shuffled = keys.toSorted((x, y) => x.key - y.key).map(({ a }) => a)
        const [one, two] = [foundingRoll(made), foundingRoll(shuffled)]
        expect(two).toEqual(one)
        expect(one.ids.length + one.removed.length).toBe(made.length)
        // No two who stay share an identity, directly or by way of somebody who was taken out as their double.
        const stay = made.filter((a) => one.ids.includes(a.id))
        const all = stay.flatMap((a) => [...new Set(a.identities)])
        expect(new Set(all).size).toBe(all.length)
      }),
      { numRuns: 200 },
    )
  })

  it('two who share nothing are one through a third who shares with both', () => {
    const roll = foundingRoll([apply(1, 1), apply(2, 2), apply(3, 1, [2])])
    expect(roll.ids).toEqual(['a000001'])
    expect(roll.removed).toEqual([
      { id: 'a000002', why: 'duplicate', of: 'a000001' },
      { id: 'a000003', why: 'duplicate', of: 'a000001' },
    ])
  })
})

describe('the founding', () => {
  it('puts rival drafts on one ballot, after 28 clear days that reached 95%', () => {
    const story = movementStory(beginningText)
    expect(codes(story.act('rule', 'rule', notice, { kind: 'found', drafts }, ...sound))).toEqual(['missing-fact'])
    const short = story.act('rule', 'rule', notice, { kind: 'found', drafts }, ...served(19_949))
    expect(why(short)).toMatchObject({
      code: 'short-notice',
      clause: '1.2@1',
      required: { count: 19_950 },
      actual: { count: 19_949 },
    })
    expect(codes(story.act(person(1), 'electorate founding-roll', notice, { kind: 'found', drafts }, ...served()))).toEqual([
      'no-power',
    ])
    const twice = [drafts[0], drafts[0]].filter((d) => d !== undefined)
    expect(codes(story.act('rule', 'rule', notice, { kind: 'found', drafts: twice }, ...served()))).toEqual(['invalid-text'])
    expect(happened(story.act('rule', 'rule', notice, { kind: 'found', drafts }, ...served()))).toEqual(['founding-noticed'])
    expect(story.movement().life.founding).toMatchObject({ opensAt, closesAt, clause: '1.4@1' })
    expect(codes(story.act('rule', 'rule', later(notice, 1), { kind: 'found', drafts }, ...served()))).toEqual(['already-done'])
  })

  it('neither draft binds anybody before it has passed', () => {
    const story = frozen()
    const exercise = story.decideOn({
      decision: decision(1),
      by: person(1),
      as: 'body committee',
      occurredAt: opensAt,
      recordedAt: opensAt,
      kind: 'exercise',
      power: 'amend-rulebook',
      document: print(1),
      effectAt: opensAt,
      vote: { for: 12, against: 0 },
    })
    expect(codes(exercise)).toEqual(['no-power'])
    expect(why(exercise)).toMatchObject({ clause: '1.4@1' })
    const early = story.act(
      'rule',
      'rule',
      later(closesAt, -1),
      { kind: 'declare-founding' },
      ...count('members', 9_000, 3_000, 12_500),
    )
    expect(codes(early)).toContain('too-early')
    expect(story.movement().life.founding?.result).toBeNull()
  })

  it('the roll is frozen once, before the ballot opens', () => {
    const story = noticed()
    const fact = proven('roll', 'founding-roll', { size: 21_000, root: 'ab' }, notice, 'roll')
    expect(codes(story.act('rule', 'rule', later(opensAt, 1), { kind: 'freeze-founding' }, fact))).toEqual(['too-late'])
    expect(codes(story.act('rule', 'rule', notice, { kind: 'freeze-founding' }))).toEqual(['missing-fact'])
    expect(happened(story.act('rule', 'rule', opensAt, { kind: 'freeze-founding' }, fact))).toEqual(['founding-frozen'])
    expect(codes(story.act('rule', 'rule', opensAt, { kind: 'freeze-founding' }, fact))).toEqual(['already-done'])
  })

  it('the draft that passes every condition is the rulebook, and one that fails one is not', () => {
    const declared = (...figures: Parameters<typeof count>) => {
      const story = frozen()
      return { story, answer: story.act('rule', 'rule', closesAt, { kind: 'declare-founding' }, ...count(...figures)) }
    }
    // 8,000 of 12,000 are two thirds; 4,200 of 21,000 are a fifth.
    for (const [winner, inFavour, against, voters, passes] of [
      ['members', 8_000, 4_000, 12_500, true],
      ['members', 7_999, 4_000, 12_500, false],
      ['members', 4_200, 0, 4_200, true],
      ['members', 4_199, 0, 4_199, false],
      ['none-of-these', 2_000, 9_000, 12_500, false],
    ] as const) {
      const { answer } = declared(winner, inFavour, against, voters)
      expect(happened(answer)).toEqual(['founding-closed', passes ? 'founded' : 'founding-failed'])
    }
    expect(declared('members', 8_000, 4_000, 12_500).story.movement().life.founding?.result).toMatchObject({
      winner: 'members',
      text: drafts[1]?.text,
    })
    // More voters than the roll, or more votes than voters, is no count.
    expect(codes(declared('members', 9_000, 3_000, 21_001).answer)).toEqual(['missing-fact'])
    expect(codes(declared('members', 9_000, 3_000, 11_999).answer)).toEqual(['missing-fact'])
  })

  it('after a failure it may be put again 28 clear days later, and not before', () => {
    const story = frozen()
    story.act('rule', 'rule', closesAt, { kind: 'declare-founding' }, ...count('members', 1, 2, 12_500))
    const again = at('2017-03-08')
    const early = story.act('rule', 'rule', later(again, -1), { kind: 'found', drafts }, ...served())
    expect(early).toMatchObject({ routes: [{ earliest: again, reasons: [{ code: 'too-early', required: { at: again } }] }] })
    expect(isRefusal(early)).toBe(true)
    expect(kinds(story.act('rule', 'rule', again, { kind: 'found', drafts }, ...served()))).toEqual(['movement'])
  })

  it('no draft that leaves a field open, has a hole or does not read is put to anybody, or brought in if it was', () => {
    const about = 'decides: {pass: [yes more than 1/2 of for-and-against], tie: falls}'
    const campaign = texts[1] ?? ''
    expect(campaign).toContain(about)
    const put = (text: string, ...facts: ReturnType<typeof served>) => {
      const asked = { kind: 'found', drafts: [draftOf('members', text)] } as const
      return movementStory(beginningText).act('rule', 'rule', notice, asked, notified(), ...facts)
    }
    const stated = (text: string) => foundingText('members', text, notice)
    const open = campaign.replace(about, 'decides: {pass: [yes more than 1/2 of for-and-against], tie: unknown}')
    expect(stated(open).fact.value).toMatchObject({ diagnostics: 0, open: 1 })
    const readings = campaign.replace(
      about,
      'decides: {pass: [yes more than 1/2 of for-and-against], tie: {readings: {no: falls, yes: carried}}}',
    )
    expect(stated(readings).fact.value).toMatchObject({ diagnostics: 0, open: 1 })
    const hole = campaign.replace(about, 'decides: {pass: [yes at least 1/2 of for-and-against], tie: carried}')
    expect(stated(hole).fact.value).toMatchObject({ diagnostics: 0, open: 0 })
    expect(stated(hole).findings.map((f) => f.code)).toEqual(['adoption-on-a-tie'])
    const broken = campaign.replace(about, 'decides: by shouting')
    expect(stated(broken).diagnostics).toHaveLength(1)
    for (const text of [open, readings, hole, broken]) expect(codes(put(text, stated(text).fact))).toEqual(['invalid-text'])
    expect(kinds(put(campaign, stated(campaign).fact))).toEqual(['movement'])
    // A sound text stated for another draft, or another sound text, shows nothing of this one.
    expect(codes(put(campaign, stated(`${campaign}\n`).fact))).toEqual(['missing-fact'])
    expect(codes(put(campaign, foundingText('delegates', campaign, notice).fact))).toEqual(['missing-fact'])
    expect(codes(put(campaign))).toEqual(['missing-fact'])

    const declared = (counts: object) => {
      const fact = {
        ...stated(campaign).fact,
        value: { text: fingerprintOf(campaign), diagnostics: 0, findings: 0, open: 0, ...counts },
      }
      const [votes] = count('members', 8_000, 4_000, 12_500)
      return frozen().act('rule', 'rule', closesAt, { kind: 'declare-founding' }, ...(votes === undefined ? [] : [votes]), fact)
    }
    expect(codes(declared({ open: 1 }))).toEqual(['invalid-text'])
    expect(codes(declared({ diagnostics: 1 }))).toEqual(['invalid-text'])
    expect(codes(declared({ text: fingerprintOf(lanternText) }))).toEqual(['missing-fact'])
    // What a newer linter finds is no veto over what people voted for.
    expect(happened(declared({ findings: 3 }))).toEqual(['founding-closed', 'founded'])
  })
})
