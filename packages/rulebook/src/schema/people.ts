import { fields, id, list, phrase, phrases, table, text, word } from '../codec.ts'
import { duration, moment, who } from '../codec-expressions.ts'
import { parseWho } from '../expression.ts'
import { printWho } from '../expression-print.ts'

const right = word('vote', 'stand', 'propose', 'sign', 'speak', 'attend')
const predicate = text(
  'a predicate',
  (t) => {
    const read = parseWho(t)
    return read.kind === 'ok' ? read.value : null
  },
  printWho,
)

/** The states a person can be in; exactly one at a time. */
export const standing = fields(
  {
    states: table(
      fields(
        {},
        {
          rights: list(right),
          loses: list(right, 1),
          from: id,
          when: phrases(phrase('dues overdue by <length>', { length: duration }), phrase('<predicate>', { predicate })),
          'at-most': duration,
          then: id,
          back: phrases(phrase('on payment', {}), phrase('by <power>', { power: id })),
        },
      ),
    ),
  },
  { default: id },
)

/** A kind of membership. */
export const classOfMember = fields({ id, of: word('person', 'organisation') }, { rights: list(right) })

/** An evidenced fact about a person. */
export const attribute = fields(
  {
    id,
    values: list(id, 1),
    evidence: phrases(
      phrase('declared', {}),
      phrase('attested by <office>', { office: id }),
      phrase('verified by <office>', { office: id }),
    ),
  },
  { expires: duration },
)

/** A named predicate over the register at an instant. */
export const electorate = fields(
  {
    id,
    who,
    'cut-off': moment,
    'late-evidence': phrases(
      phrase('none', {}),
      phrase('counts if dated by <dated> and verified by <verified>', { dated: id, verified: id }),
    ),
  },
  { weight: id },
)
