import fc from 'fast-check'

const length = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom('days', 'clear days', 'working days', 'hours', 'weeks'))
  .map(([n, unit]) => `${n} ${unit}`)
const people = fc.integer({ min: 1, max: 4 }).map((n) => `at least ${n} people`)

const support = fc
  .tuple(people, length, fc.constantFrom('count', 'do not count'), fc.constantFrom('until met', 'until close'))
  .map(
    ([need, window, lapsed, until]) =>
      `support: {signers: electorate members, need: ${need}, window: ${window}, lapsed: ${lapsed}, withdraw: ${until}}`,
  )
const check = fc
  .tuple(length, fc.constantFrom('passed', 'refused'), fc.constantFrom('', ', appeal: appeal', ', skip-if: electorate members'))
  .map(
    ([within, timeout, appeal]) =>
      `check: {by: returning-officer, grounds: [out-of-order], within: ${within}, timeout: ${timeout}${appeal}}`,
  )
const consider = fc
  .tuple(
    length,
    fc.constantFrom('agreed', 'refused', 'fallen'),
    fc.constantFrom('', ', appeal: appeal', ', refused-when: a motion to refuse passes'),
  )
  .map(([within, timeout, more]) => `consider: {body: committee, within: ${within}, timeout: ${timeout}${more}}`)
const meeting = fc
  .tuple(length, fc.constantFrom('agreed', 'fallen'))
  .map(
    ([notice, timeout]) =>
      `meeting: {body: conference, called-by: returning-officer, within: 90 days, notice: ${notice}, pass: [yes at least 2/3 of for-and-against], tie: falls, timeout: ${timeout}}`,
  )
const debate = fc
  .tuple(
    length,
    fc.constantFrom('', ', need: at least 2 people'),
    fc.constantFrom('later falls', 'each is voted on'),
    fc.constantFrom('as received', 'as ruled'),
  )
  .map(
    ([lasts, need, collision, order]) =>
      `debate: {lasts: ${lasts}, amendments: {by: electorate members, due: 1 hours after propose${need}, collision: ${collision}, order: ${order}, composite: with consent of each mover}}`,
  )
const nominate = fc
  .tuple(
    length,
    fc.constantFrom('re-open, at-most: 2 times', 'leave empty'),
    fc.constantFrom('', 'signers: electorate members, need: at least 1 people, '),
    fc.constantFrom('withdraw: until close', 'withdraw: until opening, statement: by opening'),
  )
  .map(
    ([window, few, signers, until]) =>
      `nominate: {candidates: every eligible person who asks, window: ${window}, ${signers}${until}, uncontested: ballot with none-of-these, too-few: ${few}}`,
  )
const hustings = length.map((within) => `hustings: {offered-to: all candidates, by: returning-officer, within: ${within}}`)
const delay = length.map((lasts) => `delay: {lasts: ${lasts}}`)
const notice = length.map((clear) => `notify: {to: electorate members, clear: ${clear}}`)
const certify = fc
  .tuple(length, fc.constantFrom('', ', objections: {by: electorate members, to: panel, within: 3 days, timeout: dismissed}'))
  .map(([within, more]) => `certify: {by: returning-officer, within: ${within}, timeout: certified${more}}`)
const challenge = fc
  .tuple(length, length, fc.boolean())
  .map(
    ([within, decide, stay]) =>
      `challenge: {by: electorate members, to: panel, within: ${within}, grounds: [count], decide-within: ${decide}, timeout: dismissed, stay: ${stay ? 'yes' : 'no'}}`,
  )

const maybe = (stage: fc.Arbitrary<string>): fc.Arbitrary<readonly string[]> =>
  fc.option(stage).map((s) => (s === null ? [] : [s]))

const ballot = (list: boolean): fc.Arbitrary<string> =>
  fc
    .tuple(length, length, fc.integer({ min: 1, max: 12 }), fc.constantFrom('falls', 'carried'), fc.boolean(), fc.boolean())
    .map(([within, period, nth, tie, late, rival]) => {
      const asks = list
        ? 'method: schulze, options: candidates, none-of-these: yes, pass: [winner beats none-of-these]'
        : 'method: yes-no, pass: [yes more than 1/2 of for-and-against, turnout at least 2% of roll]'
      const extended = late ? ', late-quorum: {if-met-in-last: 24 hours, extend: 24 hours, once: yes}' : ''
      const ordinal = nth === 1 ? '1st' : nth === 2 ? '2nd' : nth === 3 ? '3rd' : `${nth}th`
      return `ballot: {roll: freeze, secret: yes, ${asks}, abstain: not cast, timetable: {by: returning-officer, within: ${within}, timeout: opens at 12:00 on the ${ordinal} day}, period: ${period}, tie: ${tie}${extended}${rival ? ', incompatible: {ruled-by: returning-officer, settle: later falls}' : ''}}`
    })

const freeze = 'freeze: {electorate: members, at: notify, provisional: those with an appeal open or still open to them}'
const election = fc
  .tuple(nominate, maybe(hustings), notice, ballot(true))
  .map(([first, middle, served, last]) => [first, ...middle, served, freeze, last])
const question = fc.tuple(notice, ballot(false)).map(([served, last]) => [served, freeze, last])

/** A procedure for a power: perhaps support, a check, a body, a meeting; perhaps nominations and a ballot; perhaps certificate and challenge. */
export const procedureStages: fc.Arbitrary<readonly string[]> = fc
  .tuple(
    maybe(support),
    maybe(debate),
    maybe(check),
    maybe(consider),
    maybe(meeting),
    fc.oneof(fc.constant<readonly string[]>([]), question, election),
    maybe(certify),
    maybe(delay),
    maybe(challenge),
  )
  .map((parts) => parts.flat())
  .filter((stages) => stages.length > 0)
  .map((stages) => {
    const last = stages.at(-1)?.split(':')[0] ?? ''
    return ['propose: {by: electorate members}', ...stages, `enact: {effect: adopt-policy, at: end of ${last}}`]
  })
