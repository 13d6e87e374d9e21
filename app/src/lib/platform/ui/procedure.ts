/** One step of a procedure line. `done` has a filled tick, `now` the marigold diamond, `next` a hollow ring. */
export type ProcedureStep = {
  readonly id: string
  readonly state: 'done' | 'now' | 'next'
  readonly title: string
  /** When it happened or will, in words. */
  readonly when: string
  readonly text: string
  /** The rule's demand was met: first words of the line, in green, such as `Met:`. */
  readonly met: string | null
  /** Clause id or citation; null when no rule speaks. */
  readonly clause: string | null
  /** The rule's own words for "Why this rule?", with their language, title and source line; null for none. */
  readonly why: {
    readonly summary: string
    readonly quote: string
    /** BCP 47 tag of the quoted words. */
    readonly lang: string
    readonly title: string
    readonly cite: string
  } | null
}
