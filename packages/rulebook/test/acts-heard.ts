import type { Act, Editions, Fact, State } from '../src/index.ts'

/** An act that a story tried: under what rules, in what state, with what facts. */
export type Heard = { readonly editions: Editions; readonly state: State; readonly facts: readonly Fact[]; readonly act: Act }

let listener: ((heard: Heard) => void) | null = null

/** Who hears of the acts of stories; null: nobody. */
export const listen = (next: ((heard: Heard) => void) | null): void => {
  listener = next
}
/** Told by every story of every act it tries. */
export const hear = (heard: Heard): void => listener?.(heard)

/** Acts that only prepare a story, and are asked about elsewhere. */
export function unheard<T>(prepare: () => T): T {
  const before = listener
  listener = null
  try {
    return prepare()
  } finally {
    listener = before
  }
}
