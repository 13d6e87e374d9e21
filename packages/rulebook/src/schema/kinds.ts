/** The kinds of rule, in the order of the reference. */
export const ruleKinds = [
  'calendar',
  'service',
  'standing',
  'class',
  'attribute',
  'electorate',
  'fact',
  'body',
  'meeting',
  'office',
  'power',
  'procedure',
  'tier',
  'transition',
  'limit',
  'validity',
  'order',
  'superior',
  'conduct',
  'emergency',
  'interest',
  'genesis',
  'appeal',
  'dissolution',
] as const
/** A kind of rule. */
export type RuleKind = (typeof ruleKinds)[number]
