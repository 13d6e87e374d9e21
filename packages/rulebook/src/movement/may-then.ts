import type { Provision } from '../language/model.ts'
import type { PowerName } from '../terms.ts'
import type { Meeting } from './meeting.ts'

type Adjourn = Provision<'body'>['rule']['adjourn']

/** Whether a meeting held again because too few came may not use a power. */
export const mayNotThen = (meeting: Meeting, adjourn: Adjourn, power: PowerName): boolean =>
  meeting.inquorate === true && (adjourn?.mayThen ?? []).some((may) => may.kind === 'not <power>' && may.power === power)
