/** Thrown by {@link assert} and {@link unreachable}: always a bug of ours, never bad input. Only a process edge catches it. */
export class InvariantBroken extends Error {
  override readonly name = 'InvariantBroken'
}

/** Stops when something that must be true is not. `what` names the invariant, never a secret or a choice. */
export function assert(condition: boolean, what: string): asserts condition {
  if (!condition) throw new InvariantBroken(what)
}

/** Ends an exhaustive switch: a new case of the union lights up here at compile time. */
export function unreachable(value: never): never {
  const { kind } = Object(value) as { kind?: unknown }
  throw new InvariantBroken(`unreachable: ${typeof kind === 'string' ? kind : typeof value}`)
}
