import { unreachable } from '@quorate/kernel'

import { ed25519Engine } from './ed25519.ts'
import type { Engine, GroupName } from './engine.ts'
import { belenios2048, type ModExp, modpEngine, rfc3526 } from './modp.ts'

/** What a host may lend the engines. */
export type EngineOptions = {
  readonly modexp?: ModExp
  /**
   * `fastEd25519`: Ed25519's arithmetic in WebAssembly, some ten times faster, where the place has it. Handed in and not asked for by a switch,
   * because a page that does without it should not load it, and one that uses it needs 'wasm-unsafe-eval' in its policy.
   */
  readonly wasm?: (() => unknown) | undefined
}

const groupNames: readonly GroupName[] = ['Ed25519', 'BELENIOS-2048', 'RFC-3526-2048']

/** Whether a text names a group we speak. */
export const isGroupName = (text: string): text is GroupName => (groupNames as readonly string[]).includes(text)

declare const element: unique symbol
/** An element of some group, which only the engine that made it can look into. */
export type Element = { readonly [element]: true }

// Forgetting the type of an engine's points loses nothing: nobody else looks inside one, and no other value passes for an Element.
const opaque = <P>(engine: Engine<P>): Engine<Element> => engine as unknown as Engine<Element>

/** The engine of a group. */
export function engineOf(group: GroupName, { modexp, wasm }: EngineOptions = {}): Engine<Element> {
  switch (group) {
    case 'Ed25519':
      // Both are engines of opaque points; which, only they know.
      return wasm === undefined ? opaque(ed25519Engine) : opaque(wasm() as Engine)
    case 'BELENIOS-2048':
      return opaque(modpEngine(belenios2048, modexp))
    case 'RFC-3526-2048':
      return opaque(modpEngine(rfc3526, modexp))
    default:
      return unreachable(group)
  }
}
