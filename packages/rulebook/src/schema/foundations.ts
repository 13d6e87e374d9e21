import { parseZone } from '@quorate/kernel'
import { clauseNumber, id, list, ref, table, text, timeOfDay, word, yesNo, integer } from '../language/codec.ts'
import { fields } from '../language/codec-fields.ts'
import { amount, condition, duration, threshold, vote } from '../language/codec-expressions.ts'
import { phrase, phrases } from '../language/codec-phrase.ts'
import { counting, method } from './counting.ts'
import { channel, tribunal } from './shared.ts'

const zone = text(
  {
    what: 'an IANA zone such as Europe/London',
    pattern: '[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*',
    example: 'Europe/London',
  },
  (t) => {
    const z = parseZone(t)
    return z.kind === 'ok' && /^[A-Za-z]/.test(t) ? z.value : null
  },
  String,
)

/** Zone, working days and when a day ends. */
export const calendar = fields(
  { zone, holidays: list(word('england-and-wales', 'scotland', 'northern-ireland')) },
  { 'day-ends': timeOfDay },
)

const receipt = phrases(phrase('at sending', {}), phrase('<delay> after sending', { delay: duration }))

/** How notice is served, when it is deemed received, and what makes it sound. */
export const service = fields(
  { id, channels: list(channel, 1), 'deemed-received': table(receipt, channel), 'sound-when': threshold },
  {
    standard: word('all reasonable steps', 'strict'),
    'on-bounce': phrase('<channel> within <length>', { channel, length: duration }),
    'on-outage': fields(
      { 'longer-than': duration, extend: duration, 'at-most': phrase('<times> times', { times: integer }) },
      {},
    ),
  },
)

/** How the first edition comes into force. */
export const genesis = fields(
  {
    electorate: ref('electorate'),
    notice: duration,
    question: word('motion', 'drafts', 'options'),
    period: duration,
    pass: list(condition, 1),
  },
  { method, counting, 'none-of-these': yesNo, 'if-fails': phrase('again after <length>', { length: duration }) },
)

/** Degree of entrenchment: which clauses, and the only procedures that change them. */
export const tier = fields({ id, guards: list(clauseNumber, 1), procedure: ref('procedure') }, { or: list(ref('procedure'), 1) })

/** Who watches the public record: how many witnesses must have signed a state of it before it is published. */
export const record = fields({ witnesses: integer }, {})

/** Under which edition running decisions go on. */
export const transition = fields(
  { 'in-flight': word('edition of notice', 'edition of proposal') },
  {
    offices: word('run to end of term', 'end at once'),
    unless: list(word('stated in the amending act and passed by the old tier', 'change above')),
  },
)

/** What no act may ever do. */
export const limit = fields(
  {
    never: list(
      word(
        'effect before enact',
        'removal of appeal',
        'change to a roll after freeze',
        'removal of rights already held',
        'industrial action ballot',
        'election reserved by law',
        'share of assets to members',
        'payment for votes',
      ),
      1,
    ),
  },
  {},
)

/** What becomes of acts done under a defect. */
export const validity = fields(
  {
    'defect-in': list(word('appointment', 'expired term', 'notice', 'vacancy'), 1),
    'acts-stand': word('until challenge upheld', 'always', 'never'),
  },
  {
    'on-quash': fields(
      {
        'later-acts': word('listed for review', 'fall', 'stand'),
        rolls: word('stand', 'drawn again'),
        seats: word('next runner by countback', 'by-election', 'empty'),
      },
      {},
    ),
  },
)

/** Acts of courts and regulators. */
export const order = fields(
  {
    from: list(word('court', 'tribunal', 'regulator', 'superior'), 1),
    'recorded-by': phrases(phrase('any officer', {}), phrase('office <office>', { office: ref('office') })),
    evidence: word('document', 'statement'),
    may: list(word('stay', 'quash', 'restore', 'direct', 'forbid'), 1),
  },
  {},
)

/** An act that an emergency may, or may never, touch. */
const measure = word(
  'postpone meeting',
  'postpone opening of ballot',
  'postpone closing of ballot',
  'amend-rulebook',
  'suspend',
  'exclude',
  'derecognise-group',
  'change a roll',
  'spend',
)

/** Powers that lapse. */
export const emergency = fields(
  {
    when: phrase('fact <fact>', { fact: ref('fact') }),
    by: vote,
    may: list(measure, 1),
    never: list(measure),
    lapses: duration,
    ratify: fields({ by: ref('body'), within: duration, timeout: word('lapses', 'stands') }, {}),
  },
  { again: phrase('after <length>', { length: duration }) },
)

/** What only people can know. */
export const fact = fields(
  {
    id,
    'attested-by': list(ref('office', 'body', 'superior'), 1),
    evidence: word('statement', 'document'),
    expires: phrases(phrase('never', {}), phrase('<length>', { length: duration })),
  },
  {
    says: list(id),
    challenge: fields({ to: ref('body'), within: duration, timeout: word('stands', 'falls') }, {}),
  },
)

/** Conflicts of interest. */
export const interest = fields(
  {
    declare: list(
      phrases(
        phrase('employment', {}),
        phrase('candidate', {}),
        phrase('agent of candidate', {}),
        phrase('family', {}),
        phrase('money above <sum>', { sum: amount }),
        phrase('official of related body', {}),
      ),
      1,
    ),
    effect: word('leaves vote and quorum', 'leaves vote', 'declares only'),
    'who-decides': ref('office', 'body'),
  },
  {},
)

/** A rulebook above this one. */
export const superior = fields(
  { rulebook: id, prevails: yesNo },
  {
    'change-above': word('follows at once', 'follows after ratification'),
    'on-conflict': phrases(
      phrase('superior prevails', {}),
      phrase('panel decides', {}),
      phrase('rule suspended, members told within <length>', { length: duration }),
    ),
  },
)

/** The code of conduct and its sanctions. */
export const conduct = fields(
  { id, sanctions: list(fields({ id }, { 'at-most': duration, expires: duration }), 1) },
  { code: id },
)

/** How a decision is appealed. */
export const appeal = fields(
  { id, to: tribunal, disjoint: yesNo, within: duration, 'decide-within': duration, timeout: word('allowed', 'dismissed') },
  {
    stay: fields(
      { effect: yesNo },
      {
        roll: word('provisional', 'unchanged'),
        'upheld-before-tally': word('ballot leaves the box', 'ballot stays'),
        'upheld-after': word('re-run if it could decide', 'result stands'),
      },
    ),
  },
)
