import { integer, list, oneOrMore, ref, id, word } from '../language/codec.ts'
import { fields, someFields } from '../language/codec-fields.ts'
import { amount, condition, duration } from '../language/codec-expressions.ts'
import { phrase, phrases } from '../language/codec-phrase.ts'

/**
 * The catalogue of powers, closed: a rulebook says who holds each, and one that it does not grant nobody has. `resolve` passes a named
 * resolution that has no effect but to have been passed.
 */
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
  'resolve',
  'dissolve',
] as const
/** A power of the catalogue. */
export const powerName = word(...powerNames)

const limits = someFields({
  grounds: ref('conduct'),
  'at-most': duration,
  'not-within': phrase('<from> to <to> of any ballot', { from: id, to: id }),
  'up-to': amount,
  'no-single': amount,
  above: ref('body'),
  'never-for': list(word('party funds', 'loans to officers', 'payments to officers', 'legal action', 'property'), 1),
  on: word('adopted policy', 'any matter'),
  shows: word('mandate'),
  within: duration,
  timeout: word('admitted', 'refused'),
  'refuse-on': list(id, 1),
  uses: phrase('<times> times a year', { times: integer }),
})

/** A grant: an act, who holds it and by which route. */
export const power = fields(
  { act: powerName },
  {
    holder: oneOrMore(ref('body', 'office', 'superior')),
    via: list(ref('procedure'), 1),
    pass: list(condition, 1),
    limits,
    appeal: ref('appeal'),
    until: duration,
    named: list(id, 1),
    delegable: phrases(phrase('no', {}), phrase('for at most <length>', { length: duration })),
  },
)

/** How the movement ends: the last acts that are still lawful, where what it has goes, and how long its record is kept. */
export const dissolution = fields(
  {
    may: list(powerName, 1),
    within: duration,
    assets: phrases(
      phrase('to <rulebook>', { rulebook: ref('superior') }),
      phrase('to a body named in the act', {}),
      phrase('to members in equal parts', {}),
      phrase('to a charity named in the act', {}),
    ),
    by: ref('body', 'office'),
  },
  { record: phrase('kept for <length>', { length: duration }) },
)
