import { catalogue } from '#lib/platform/words.ts'

/** Who acts in a stage, as it stands inside a sentence. */
export const actorMessages = catalogue(
  {
    'actor.rule': 'the rules themselves',
    'actor.people': '{n, number} of {whom}',
    'actor.seat': 'anybody seated on {body}',
  },
  {
    'actor.rule': 'y rheolau eu hunain',
    'actor.people': '{n, number} o blith {whom}',
    'actor.seat': 'unrhyw un sydd â sedd ar {body}',
  },
)
