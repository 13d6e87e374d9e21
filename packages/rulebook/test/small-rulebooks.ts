import fc from 'fast-check'

/** A condition of passing, by its words and as a sum: `share` of what, with "more than" or "at least". */
export type SmallPass = {
  readonly share: readonly [number, number]
  readonly more: boolean
  readonly of: 'present' | 'seated' | 'seats'
}
/** A small rulebook: two bodies, a roll, one procedure for changing rules, and who may exclude, suspend and spend. */
export type Small = {
  readonly seats: { readonly a: number; readonly b: number }
  readonly quorum: { readonly a: number; readonly b: number }
  readonly pass: { readonly a: SmallPass; readonly b: SmallPass }
  readonly members: number
  readonly exclude: 'a' | 'b' | null
  readonly suspend: 'a' | 'b' | null
  readonly spend: 'a' | 'b'
  readonly need: number
  readonly consider: 'a' | 'b' | null
  readonly timeout: 'agreed' | 'fallen'
  readonly ballot: { readonly share: readonly [number, number]; readonly more: boolean; readonly turnout: number } | null
}

const passes: readonly SmallPass[] = [
  { share: [1, 2], more: true, of: 'present' },
  { share: [2, 3], more: false, of: 'seated' },
  { share: [1, 1], more: false, of: 'seated' },
  { share: [1, 2], more: true, of: 'seats' },
  { share: [3, 4], more: false, of: 'present' },
]
const body = fc.constantFrom<'a' | 'b'>('a', 'b')
const maybeBody = fc.constantFrom<'a' | 'b' | null>('a', 'b', null)

/** Small rulebooks of at most five acts: small enough to try every attempt. */
export const smallRulebooks: fc.Arbitrary<Small> = fc.record({
  seats: fc.record({ a: fc.integer({ min: 2, max: 5 }), b: fc.integer({ min: 2, max: 4 }) }),
  quorum: fc.record({ a: fc.integer({ min: 1, max: 5 }), b: fc.integer({ min: 1, max: 4 }) }),
  pass: fc.record({ a: fc.constantFrom(...passes), b: fc.constantFrom(...passes) }),
  members: fc.integer({ min: 4, max: 9 }),
  exclude: maybeBody,
  suspend: maybeBody,
  spend: body,
  need: fc.integer({ min: 1, max: 6 }),
  consider: maybeBody,
  timeout: fc.constantFrom('agreed', 'fallen'),
  ballot: fc.option(
    fc.record({
      share: fc.constantFrom<readonly [number, number]>([1, 2], [2, 3], [3, 5]),
      more: fc.boolean(),
      turnout: fc.constantFrom(0, 20, 60),
    }),
    { nil: null },
  ),
})

const words = ({ share: [n, d], more }: { readonly share: readonly [number, number]; readonly more: boolean }): string =>
  `${more ? 'more than' : 'at least'} ${n}/${d}`

/** The clauses of a small rulebook, each with its heading. */
export function clausesOf(s: Small): readonly string[] {
  const clause = (id: string, rule: string): string => `### ${id} Rule\n\`\`\`rule\n${rule}\n\`\`\`\n`
  const bodyRule = (id: 'a' | 'b'): string =>
    `kind: body\nid: ${id}\nseats: [{id: ${id}-seat, count: ${s.seats[id]}, by: election of members}]\nquorum: present at least ${s.quorum[id]} seats\ndecides: {pass: [yes ${words(s.pass[id])} of ${s.pass[id].of}], tie: falls}`
  const power = (act: string, holder: string): string => `kind: power\nact: ${act}\nholder: ${holder}`
  const consider = s.consider === null ? '' : `\n  consider: {body: ${s.consider}, within: 1 days, timeout: ${s.timeout}}`
  const turnout = s.ballot === null || s.ballot.turnout === 0 ? '' : `, turnout at least ${s.ballot.turnout}% of roll`
  const ballot =
    s.ballot === null
      ? ''
      : `\n  freeze: {electorate: members, at: propose}\n  ballot: {roll: freeze, secret: yes, method: yes-no, abstain: not cast, timetable: {by: rule, within: 1 days, timeout: 'opens at 12:00 on the 2nd day'}, period: 1 days, pass: [yes ${words(s.ballot)} of for-and-against${turnout}], tie: falls}`
  return [
    clause('1.1', 'kind: calendar\nzone: UTC\nholidays: []'),
    clause('2.1', 'kind: standing\nstates:\n  active: {rights: [vote, sign]}\ndefault: active'),
    clause('2.2', 'kind: electorate\nid: members\nwho: standing active\ncut-off: propose\nlate-evidence: none'),
    clause('3.1', bodyRule('a')),
    clause('3.2', bodyRule('b')),
    clause('4.1', 'kind: power\nact: amend-rulebook\nvia: [amend]'),
    clause(
      '4.2',
      `kind: procedure\nid: amend\nstages:\n  propose: {by: electorate members}\n  support: {signers: electorate members, need: at least ${s.need} people, window: 7 days, lapsed: count}${consider}${ballot}\n  enact: {effect: amend-rulebook, at: end of support}`,
    ),
    clause('4.3', 'kind: tier\nid: all\nguards: [1, 2, 3, 4, 5]\nprocedure: amend'),
    ...(s.exclude === null ? [] : [clause('5.1', power('exclude', s.exclude))]),
    ...(s.suspend === null ? [] : [clause('5.2', power('suspend', s.suspend))]),
    clause('5.3', power('spend', s.spend)),
  ]
}

/** The text of a small rulebook. */
export const textOf = (clauses: readonly string[]): string => `# Small\n\n${clauses.join('')}`
