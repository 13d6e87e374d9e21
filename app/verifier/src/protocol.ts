import type { CheckName, Verdict } from '@quorate/verifier'

/** What the page asks of its worker: files as bytes, and what the reader typed. */
export type Question = {
  readonly dossier: Uint8Array
  /** What others hold of the same record. */
  readonly copies: readonly Uint8Array[]
  /** The key the reader has from elsewhere, as typed; empty for none. */
  readonly key: string
  /** The fingerprint of the voting page the reader was given, in hex; empty for none. */
  readonly booth: string
  /** The registrar's public key as the registrar told it; empty for none. */
  readonly registrar: string
  readonly now: number
}

/** What the dossier says of itself, shown beside the verdict. */
export type About = { readonly key: string; readonly typeAtFault: string }

/** What the worker says: how far it has come, and once the verdict; `refused` when what was typed is not what it should be. */
export type Answer =
  | { readonly kind: 'progress'; readonly check: CheckName; readonly done: number; readonly total: number }
  | { readonly kind: 'refused'; readonly what: 'key' | 'booth' | 'registrar' }
  | { readonly kind: 'verdict'; readonly verdict: Verdict; readonly about: About }
