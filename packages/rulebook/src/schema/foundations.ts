import { parseZone } from '@quorate/kernel'
import {
  clauseNumber,
  fields,
  id,
  integer,
  list,
  oneOrMore,
  phrase,
  phrases,
  someFields,
  table,
  text,
  timeOfDay,
  word,
  yesNo,
} from '../codec.ts'
import { actors, amount, condition, duration, threshold, vote } from '../codec-expressions.ts'

const zone = text(
  'an IANA zone such as Europe/London',
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

/** A way notice is carried. */
export const channel = word('email', 'post', 'phone', 'paper', 'site')
const receipt = phrases(phrase('at sending', {}), phrase('<delay> after sending', { delay: duration }))

/** How notice is served, when it is deemed received, and what makes it sound. */
export const service = fields(
  { id, channels: list(channel, 1), 'deemed-received': table(receipt, channel), 'sound-when': threshold },
  {
    'on-bounce': phrase('<channel> within <length>', { channel, length: duration }),
    'on-outage': fields(
      { 'longer-than': duration, extend: duration, 'at-most': phrase('<times> times', { times: integer }) },
      {},
    ),
  },
)

/** A method of counting ballots. */
export const method = word('yes-no', 'schulze', 'scottish-stv', 'approval', 'block-vote', 'choose-k', 'score', 'budget')

/** How the first edition comes into force. */
export const genesis = fields(
  { electorate: id, notice: duration, question: word('motion', 'drafts', 'options'), period: duration, pass: list(condition, 1) },
  { method, 'none-of-these': yesNo, 'if-fails': phrase('again after <length>', { length: duration }) },
)

/** Degree of entrenchment: which clauses, and the only procedure that changes them. */
export const tier = fields({ id, guards: list(clauseNumber, 1), procedure: id }, {})

/** Under which edition running decisions go on. */
export const transition = fields(
  { 'in-flight': word('edition of notice', 'edition of proposal') },
  {
    offices: word('run to end of term', 'end at once'),
    unless: list(word('stated in the amending act and passed by the old tier')),
  },
)

/** What no act may ever do. */
export const limit = fields(
  {
    never: list(
      word('effect before enact', 'removal of appeal', 'change to a roll after freeze', 'removal of rights already held'),
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
    'on-quash': fields(
      {
        'later-acts': word('listed for review', 'fall', 'stand'),
        rolls: word('stand', 'drawn again'),
        seats: word('next runner by countback', 'by-election', 'empty'),
      },
      {},
    ),
  },
  {},
)

/** Acts of courts and regulators. */
export const order = fields(
  {
    from: list(word('court', 'tribunal', 'regulator', 'superior'), 1),
    'recorded-by': phrases(phrase('any officer', {}), phrase('office <office>', { office: id })),
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
    when: phrase('fact <fact>', { fact: id }),
    by: vote,
    may: list(measure, 1),
    never: list(measure),
    lapses: duration,
    ratify: fields({ by: id, within: duration, timeout: word('lapses', 'stands') }, {}),
  },
  { again: phrase('after <length>', { length: duration }) },
)

/** What only people can know. */
export const fact = fields(
  { id, 'attested-by': list(id, 1), evidence: word('statement', 'document'), expires: duration },
  { says: list(id), challenge: fields({ to: id, within: duration, timeout: word('stands', 'falls') }, {}) },
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
    'who-decides': id,
  },
  {},
)

/** A rulebook above this one. */
export const superior = fields(
  { rulebook: id, prevails: yesNo },
  {
    'change-above': word('follows at once', 'follows after ratification'),
    'on-conflict': word('superior prevails', 'panel decides'),
  },
)

/** The code of conduct and its sanctions. */
export const conduct = fields(
  { id, sanctions: list(fields({ id }, { 'at-most': duration, expires: duration }), 1) },
  { code: id },
)

/** Who hears an appeal. */
const tribunal = phrases(phrase('<body> sitting anew', { body: id }), phrase('<body>', { body: id }))

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

/** The catalogue of powers, closed: a rulebook says who holds each, and one that it does not grant nobody has. */
export const powerNames = [
  'amend-rulebook',
  'adopt-policy',
  'set-priorities',
  'endorse',
  'elect',
  'fill-vacancy',
  'recall',
  'admit',
  'suspend',
  'exclude',
  'readmit',
  'recognise-group',
  'derecognise-group',
  'affiliate',
  'disaffiliate',
  'proscribe',
  'issue-statement',
  'call-meeting',
  'call-ballot',
  'postpone',
  'spend',
  'appoint',
  'delegate-power',
  'emergency-measure',
  'dissolve',
] as const
/** A power of the catalogue. */
export const powerName = word(...powerNames)

/** A grant: an act, who holds it and by which route. */
export const power = fields(
  { act: powerName },
  {
    holder: oneOrMore(id),
    via: list(id, 1),
    pass: list(condition, 1),
    limits: someFields({
      grounds: id,
      'at-most': duration,
      'not-within': phrase('<from> to <to> of any ballot', { from: id, to: id }),
      'up-to': amount,
      'no-single': amount,
      on: word('adopted policy', 'any matter'),
      shows: word('mandate'),
      within: duration,
      timeout: word('admitted', 'refused'),
      'refuse-on': list(id, 1),
    }),
    appeal: id,
    until: duration,
  },
)

/** A named meeting of a body. */
export const meeting = fields({ id, of: id }, { every: duration, notice: duration, agenda: duration, by: actors })
