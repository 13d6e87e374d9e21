import type { Provision } from '../language/model.ts'

/** A body that hears an appeal against itself; the same body sitting anew with other people is another matter. */
export function hearsItself(
  provisions: readonly Provision[],
  appeal: string | null,
  decider: (body: string) => boolean,
): boolean {
  return provisions.some(
    ({ rule }) =>
      rule.kind === 'appeal' &&
      rule.id === appeal &&
      decider(rule.to.body) &&
      !(rule.disjoint && rule.to.kind === '<body> sitting anew'),
  )
}
