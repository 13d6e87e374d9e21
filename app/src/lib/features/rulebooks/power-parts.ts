import type { NamedKind } from './naming.ts'

/** What somebody does with a power, in the order in which it happens. */
export const roles = ['alone', 'begins', 'signs', 'agrees', 'checks', 'votes', 'certifies', 'challenges', 'judges'] as const
/** One of {@link roles}. */
export type Role = (typeof roles)[number]

/** Somebody a rulebook names: a body, an office, or the people of an electorate. */
export type Holder = { readonly kind: NamedKind; readonly id: string }
/** One part in a power: who, as what, and by which clause. */
export type Part = { readonly holder: Holder; readonly role: Role; readonly clause: string }
