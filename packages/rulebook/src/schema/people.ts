import { id, integer, list, ref, stateRef, table, word } from '../language/codec.ts'
import { fields } from '../language/codec-fields.ts'
import { duration, moment, who } from '../language/codec-expressions.ts'
import { phrase, phrases } from '../language/codec-phrase.ts'
import { powerName } from './powers.ts'

const rightName = word('vote', 'stand', 'propose', 'sign', 'speak', 'attend')
/** A right, for some acts only from an age on or on one matter. */
const right = phrases(
  phrase('<right> from age <years>', { right: rightName, years: integer }),
  phrase('<right> on <matter>', { right: rightName, matter: id }),
  phrase('<right>', { right: rightName }),
)

/** The states a person can be in; exactly one at a time. */
export const standing = fields(
  {
    states: table(
      fields(
        {},
        {
          rights: list(right),
          loses: list(rightName, 1),
          from: stateRef,
          by: ref('body', 'office', 'superior'),
          when: phrases(
            phrase('dues overdue by <length>', { length: duration }),
            phrase('fact <fact>', { fact: ref('fact') }),
            phrase('<predicate>', { predicate: who }),
          ),
          'at-most': duration,
          then: stateRef,
          back: phrases(
            phrase('on payment', {}),
            phrase('by appeal <appeal>', { appeal: ref('appeal') }),
            phrase('by <power>', { power: powerName }),
          ),
        },
      ),
    ),
  },
  { default: stateRef },
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
      phrase('attested by <office>', { office: ref('office', 'body', 'superior') }),
      phrase('verified by <office>', { office: ref('office', 'body', 'superior') }),
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
  { weight: ref('attribute') },
)
