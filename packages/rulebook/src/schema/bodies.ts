import { monthNames } from '../language/month-names.ts'
import { id, integer, list, ref, seatRef, text, timeOfDay, word, yesNo, type Codec, type TypeOf } from '../language/codec.ts'
import { fields, mapOr, someFields } from '../language/codec-fields.ts'
import { actors, condition, duration, moment, threshold, vote, who } from '../language/codec-expressions.ts'
import { phrase, phrases } from '../language/codec-phrase.ts'
import { counting, method } from './counting.ts'
import { powerName } from './powers.ts'
import { incompatible, mandate } from './shared.ts'

const ifShort = word('leave empty', 'next best', 're-open')
const quota = fields(
  { who, 'at-least': integer },
  {
    id,
    of: integer,
    per: word('district'),
    over: phrases(phrase('all districts', {}), phrase('seat <seat>', { seat: seatRef })),
    'if-short': ifShort,
  },
)
const filling = phrases(
  phrase('election of <electorate>', { electorate: ref('electorate', 'body') }),
  phrase('election by <body>', { body: ref('body') }),
  phrase('nomination of affiliates not of class <class>', { class: ref('class') }),
  phrase('nomination of affiliates of class <class>', { class: ref('class') }),
  phrase('nomination of affiliates', {}),
  phrase('nomination of <body>', { body: ref('body', 'superior') }),
  phrase('lot from <electorate>', { electorate: ref('electorate', 'body') }),
  phrase('ex-officio <office>', { office: ref('office') }),
  phrase('appointment by <body>', { body: ref('body', 'office', 'superior') }),
)

/** A class of seats of a body and how they are filled. */
const seat = fields(
  { id },
  {
    count: integer,
    by: filling,
    'everyone-in': who,
    method,
    counting,
    districts: list(fields({ id, count: integer }, {}), 1),
    who,
    fallback: fields({ when: word('no nomination', 'too few nominations'), who }, {}),
    quota: list(quota, 1),
    'quota-order': list(id, 2),
    'if-short': ifShort,
    decline: word('next drawn', 'leave empty'),
    weight: phrases(
      phrase('<votes> votes', { votes: integer }),
      phrase('members represented', {}),
      phrase('attribute <attribute>', { attribute: ref('attribute') }),
    ),
    substitute: word('elected with the holder', 'named by the holder', 'named by who fills the seat'),
  },
)

const interval = phrases(phrase('on case', {}), phrase('<length>', { length: duration }))
/** A month of the year. */
const month = word(...monthNames)
const long = ['January', 'March', 'May', 'July', 'August', 'October', 'December']
const short = ['April', 'June', 'September', 'November']
/** A day of every year; 29 February is none. */
const dayOfYear = text(
  {
    what: 'a day such as 30 June',
    pattern: `(?:(?:[1-9]|[12][0-9]|3[01]) (?:${long.join('|')})|(?:[1-9]|[12][0-9]|30) (?:${short.join('|')})|(?:[1-9]|1[0-9]|2[0-8]) February)`,
    example: '30 June',
  },
  (t) => {
    const [day = '', of = ''] = t.split(' ')
    const most = of === 'February' ? 28 : short.includes(of) ? 30 : long.includes(of) ? 31 : 0
    return /^[1-9]\d?$/.test(day) && Number(day) <= most && t === `${day} ${of}` ? { day: Number(day), month: of } : null
  },
  (v) => `${v.day} ${v.month}`,
)
const yearly = phrase('<day> each year', { day: dayOfYear })
const notHeld = fields({ date: yearly, then: actors }, {})

const settable = word('meets.every', 'meets.notice', 'meets.agenda', 'quorum')

const vacancy = fields(
  { fill: word('countback', 'by-election', 'next drawn', 'co-opt', 'leave') },
  {
    else: phrase('election within <length>', { length: duration }),
    unless: phrase('term has less than <length> left', { length: duration }),
    meanwhile: phrases(
      phrase('empty', {}),
      phrase('co-opt by <body> without vote', { body: ref('body') }),
      phrase('co-opt by <body>', { body: ref('body') }),
      phrase('substitute', {}),
    ),
    within: duration,
    keeps: word('quota of the seat lost', 'no quota'),
    'empty-at-most': phrase('<count> seats', { count: integer }),
  },
)

const meets = fields(
  { notice: duration, by: actors },
  {
    every: interval,
    'at-least': phrase('<times> times a <period>', { times: integer, period: word('month', 'year') }),
    agenda: duration,
    or: phrases(
      phrase('<count> seated', { count: integer }),
      phrase('<count> people', { count: integer }),
      phrase('procedure <procedure>', { procedure: ref('procedure') }),
      phrase('<need>', { need: threshold }),
    ),
    remote: yesNo,
    'if-not-held-by': notHeld,
  },
  ['every', 'at-least'],
)

const adjourn = fields(
  {
    'inquorate-after': duration,
    to: phrases(phrase('same hour <length> later', { length: duration }), phrase('within <length>', { length: duration })),
    'quorum-then': phrases(phrase('those present', {}), phrase('<condition>', { condition })),
  },
  {
    'notice-then': duration,
    'may-then': list(
      phrases(phrase('motions on the first agenda', {}), phrase('any business', {}), phrase('not <power>', { power: powerName })),
      1,
    ),
  },
)

const chair = fields(
  { is: ref('office') },
  {
    else: list(phrases(phrase('chosen by the meeting', {}), phrase('<office>', { office: ref('office') })), 1),
    'casting-vote': word('none', 'as the chair decides', 'for the status quo'),
  },
)

type Shown = TypeOf<typeof shown>
const shown = fields({ hands: word('usual', 'never') }, { 'poll-if': threshold, 'secret-if': threshold })
/** Openly, in secret, or by show of hands with a poll or a secret vote when enough ask. */
const votes = mapOr(shown, word('open', 'secret'), (value): value is Shown => typeof value === 'object')

const agenda = fields(
  { by: actors },
  {
    'motions-from': actors,
    due: moment,
    order: word('as received', 'by lot', 'by vote of members', 'as ruled'),
    incompatible,
  },
)

/** A body: seats, quorum, meetings, how it decides. */
export const body = fields(
  {
    id,
    seats: list(seat, 1),
    quorum: condition,
    decides: fields(
      { pass: list(condition, 1), tie: word('falls', 'carried', 'casting vote') },
      {
        abstain: word('not cast', 'cast'),
        consensus: fields({ 'blocked-by': threshold, then: word('vote', 'vote at the next meeting', 'falls') }, {}),
      },
    ),
  },
  {
    instances: word('one', 'many'),
    size: phrases(
      phrase('at most <count> seats', { count: integer }),
      phrase('at least <count> seats', { count: integer }),
      phrase('<count> seats', { count: integer }),
    ),
    term: duration,
    'term-limit': phrase('<times> terms in a row', { times: integer }),
    ends: phrases(
      phrase('when successor takes seat, at most <length> after term', { length: duration }),
      phrase('when successor takes seat', {}),
      phrase('at end of term', {}),
      phrase('at close of <meeting>', { meeting: ref('meeting') }),
    ),
    'ceases-when': who,
    vacancy,
    meets,
    adjourn,
    chair,
    vote: votes,
    proxy: phrases(phrase('none', {}), phrase('up to <count> for one person', { count: integer }), phrase('any number', {})),
    publishes: someFields({
      votes: phrases(
        phrase('never', {}),
        phrase('totals <length> after meeting', { length: duration }),
        phrase('<length> after meeting', { length: duration }),
      ),
      minutes: phrases(phrase('outcome and reasons', {}), phrase('<length> after meeting', { length: duration })),
    }),
    agenda,
    sits: fields(
      { of: integer, by: word('lot per case', 'rota') },
      { not: list(phrases(phrase('seat on <body>', { body: ref('body') }), phrase('party to case', {}))) },
    ),
    'standing-orders': fields(
      { 'may-set': list(settable, 1) },
      {
        within: list(
          phrases(
            phrase('<path> at least <count> people', { path: settable, count: integer }),
            phrase('<path> at most <length>', { path: settable, length: duration }),
            phrase('<path> at least <length>', { path: settable, length: duration }),
          ),
        ),
      },
    ),
  },
)

/** A named meeting of a body. */
export const meeting = fields(
  { id, of: ref('body') },
  {
    every: duration,
    in: month,
    at: timeOfDay,
    notice: duration,
    agenda: duration,
    by: actors,
    must: list(
      word(
        'receive election results',
        'elect officers',
        'appoint auditor',
        'receive accounts',
        'receive reports',
        'set subscriptions',
        'approve budget',
      ),
      1,
    ),
    'if-not-held-by': notHeld,
  },
)

/** For which acts one holder is enough and for which all must act. */
type OfficeActs = {
  readonly rest: 'any' | 'both'
  readonly any: readonly string[]
  readonly both: readonly string[]
}

const idList = /^\[\s*([a-z][a-z0-9-]*(?:\s*,\s*[a-z][a-z0-9-]*)*)\s*\]$/
const idListPattern = '\\[[a-z][a-z0-9-]*(?:, [a-z][a-z0-9-]*)*\\]'
/** `any`, `both`, or `any for [check, timetable], both for [certify]`; what is not listed needs both. */
const acts: Codec<OfficeActs> = text(
  {
    what: 'any, both, or `any for [check], both for [certify]`',
    pattern: `(?:any|both|any for ${idListPattern}|both for ${idListPattern}|any for ${idListPattern}, both for ${idListPattern})`,
    example: 'any for [check], both for [certify]',
  },
  (t) => {
    if (t === 'any' || t === 'both') return { rest: t, any: [], both: [] }
    const lists: { any: string[] | null; both: string[] | null } = { any: null, both: null }
    for (const part of t.split(/(?<=\]),\s*/)) {
      const found = /^(any|both) for (\[.*\])$/.exec(part)
      const names = idList.exec(found?.[2] ?? '')?.[1]?.split(/\s*,\s*/)
      const how = found?.[1] as 'any' | 'both' | undefined
      if (names === undefined || how === undefined || lists[how] !== null) return null
      lists[how] = names
    }
    return { rest: 'both', any: lists.any ?? [], both: lists.both ?? [] }
  },
  (v) => {
    const parts = (['any', 'both'] as const).filter((how) => v[how].length > 0).map((how) => `${how} for [${v[how].join(', ')}]`)
    return parts.length === 0 ? v.rest : parts.join(', ')
  },
)

/** A post and who fills it. */
export const office = fields(
  {
    id,
    holders: integer,
    filled: phrases(
      phrase('election by <by> from <from>', { by: ref('body', 'electorate'), from: ref('body', 'electorate') }),
      phrase('election of <electorate>', { electorate: ref('electorate', 'body') }),
      phrase('lot from <electorate>', { electorate: ref('electorate', 'body') }),
      phrase('appointed by <by>', { by: ref('body', 'electorate', 'office', 'superior') }),
    ),
    term: duration,
    removed: vote,
  },
  {
    per: ref('body'),
    acts,
    'job-share': fields(
      {
        'up-to': integer,
        votes: word('one between them', 'one each'),
        nominated: word('together', 'singly'),
        'if-one-leaves': word('the other serves alone', 'all leave', 'the share is filled'),
      },
      {},
    ),
    'term-limit': phrase('<times> terms in a row', { times: integer }),
    ends: phrases(
      phrase('when successor takes office', {}),
      phrase('at end of term', {}),
      phrase('at close of <meeting>', { meeting: ref('meeting') }),
    ),
    acting: phrases(
      phrase('longest seated <seat>', { seat: seatRef }),
      phrase('eldest seated <seat>', { seat: seatRef }),
      phrase('next drawn', {}),
      phrase('nobody', {}),
      phrase('elected substitute', {}),
      phrase('chosen by <body>', { body: ref('body') }),
      phrase('office <office>', { office: ref('office', 'superior') }),
    ),
    never: list(
      phrases(
        phrase('candidate', {}),
        phrase('agent of candidate', {}),
        phrase('employee', {}),
        phrase('bankrupt', {}),
        phrase('seat on <body>', { body: ref('body') }),
        phrase('office <office>', { office: ref('office') }),
      ),
      1,
    ),
    'ceases-when': who,
    mandate,
  },
)
