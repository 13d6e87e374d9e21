import type { Choice, Event, Pending } from './booth-state.ts'
import type { CheckOrder } from './check-state.ts'
import type { TrusteeOrder } from './trustee-state.ts'

/** What the voting page asks of the worker. The voting code goes in here and is kept nowhere else. */
export type BoothOrder =
  | { readonly kind: 'open'; readonly uuid: string; readonly code: string | null; readonly kept: readonly Pending[] }
  | { readonly kind: 'cast'; readonly choice: Choice }
  | { readonly kind: 'lock'; readonly choice: Choice }
  | { readonly kind: 'cast-locked' }
  | { readonly kind: 'test' }
  | { readonly kind: 'resend' }
  | { readonly kind: 'use-code'; readonly typed: string }

/** Any order, and the page it comes from. */
export type Order =
  | { readonly page: 'booth'; readonly order: BoothOrder }
  | { readonly page: 'trustee'; readonly order: TrusteeOrder }
  | { readonly page: 'check'; readonly order: CheckOrder }

/** What the worker tells the voting page: events of its state machine. */
export type BoothNews = Extract<
  Event,
  { readonly kind: 'opened' | 'locked' | 'tested' | 'progress' | 'sealed' | 'in-box' | 'failed' }
>
