import { fail, ok } from '@quorate/kernel'
import { fields, id, integer, list, phrase, phrases, someFields, text, word, yesNo, type Codec } from '../codec.ts'
import { actors, condition, duration, threshold, vote, who } from '../codec-expressions.ts'
import { method } from './foundations.ts'

const ifShort = word('leave empty', 'next best', 're-open')
const quota = fields({ who, 'at-least': integer }, { per: word('district'), over: id, 'if-short': ifShort })
const filling = phrases(
  phrase('election of <electorate>', { electorate: id }),
  phrase('election by <body>', { body: id }),
  phrase('nomination of <body>', { body: id }),
  phrase('lot from <electorate>', { electorate: id }),
  phrase('ex-officio <office>', { office: id }),
  phrase('appointment by <body>', { body: id }),
)

/** A class of seats of a body and how they are filled. */
const seat = fields(
  { id },
  {
    count: integer,
    by: filling,
    'everyone-in': who,
    method,
    districts: list(fields({ id, count: integer }, {}), 1),
    quota: list(quota, 1),
    'if-short': ifShort,
    decline: word('next drawn', 'leave empty'),
  },
)

const interval: Codec<{ readonly kind: 'on case' } | { readonly kind: 'every'; readonly length: TypeOfDuration }> = {
  read: (tree) => {
    if (tree.kind === 'text' && tree.text === 'on case') return ok({ kind: 'on case' })
    const length = duration.read(tree)
    return length.kind === 'fail'
      ? fail({ ...length.error, help: 'on case, or a duration' })
      : ok({ kind: 'every', length: length.value })
  },
  write: (value) => (value.kind === 'on case' ? 'on case' : duration.write(value.length)),
}
type TypeOfDuration = typeof duration extends Codec<infer T> ? T : never

const settable = word('meets.every', 'meets.notice', 'meets.agenda', 'quorum')

/** A body: seats, quorum, meetings, how it decides. */
export const body = fields(
  {
    id,
    seats: list(seat, 1),
    quorum: condition,
    decides: fields({ pass: list(condition, 1), tie: word('falls', 'carried', 'casting vote') }, {}),
  },
  {
    instances: word('one', 'many'),
    term: duration,
    'term-limit': phrase('<times> terms in a row', { times: integer }),
    ends: phrase('when successor takes seat, at most <length> after term', { length: duration }),
    vacancy: fields(
      { fill: word('countback', 'by-election', 'next drawn', 'co-opt', 'leave') },
      {
        else: phrase('election within <length>', { length: duration }),
        unless: phrase('term has less than <length> left', { length: duration }),
        'empty-at-most': phrase('<count> seats', { count: integer }),
      },
    ),
    meets: fields(
      { every: interval, notice: duration, by: actors },
      {
        agenda: duration,
        or: phrases(phrase('<count> seated', { count: integer }), phrase('<count> people', { count: integer })),
        remote: yesNo,
      },
    ),
    adjourn: fields(
      { 'inquorate-after': duration, to: phrase('same hour <length> later', { length: duration }), 'quorum-then': condition },
      {},
    ),
    vote: word('open', 'secret'),
    publishes: someFields({
      votes: phrases(phrase('never', {}), phrase('<length> after meeting', { length: duration })),
      minutes: phrases(phrase('outcome and reasons', {}), phrase('<length> after meeting', { length: duration })),
    }),
    sits: fields(
      { of: integer, by: word('lot per case', 'rota') },
      { not: list(phrases(phrase('seat on <body>', { body: id }), phrase('party to case', {}))) },
    ),
    'standing-orders': fields(
      { 'may-set': list(settable, 1) },
      {
        within: list(
          phrases(
            phrase('<path> at least <count> people', { path: settable, count: integer }),
            phrase('<path> at least <length>', { path: settable, length: duration }),
          ),
        ),
      },
    ),
  },
)

/** For which acts one holder is enough and for which all must act. */
type OfficeActs = {
  readonly rest: 'any' | 'both'
  readonly any: readonly string[]
  readonly both: readonly string[]
}

const idList = /^\[\s*([a-z][a-z0-9-]*(?:\s*,\s*[a-z][a-z0-9-]*)*)\s*\]$/
/** `any`, `both`, or `any for [check, timetable], both for [certify]`; what is not listed needs both. */
const acts: Codec<OfficeActs> = text(
  'any, both, or `any for [check], both for [certify]`',
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
    filled: phrases(phrase('election by <by> from <from>', { by: id, from: id }), phrase('appointed by <by>', { by: id })),
    term: duration,
    removed: vote,
  },
  {
    per: word('group'),
    acts,
    'term-limit': phrase('<times> terms in a row', { times: integer }),
    acting: phrases(
      phrase('longest seated <seat>', { seat: id }),
      phrase('next drawn', {}),
      phrase('chosen by <body>', { body: id }),
      phrase('office <office>', { office: id }),
    ),
    never: list(
      phrases(
        phrase('candidate', {}),
        phrase('agent of candidate', {}),
        phrase('seat on <body>', { body: id }),
        phrase('office <office>', { office: id }),
      ),
      1,
    ),
    'ceases-when': who,
    mandate: threshold,
  },
)
