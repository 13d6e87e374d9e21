import type { Refusal } from '../src/index.ts'
import { digestOf } from './digest.ts'

// How random acts were answered, kind by kind: how many were permitted, how many refused for which reasons, and a digest of every answer in full. What
// is refused for other reasons than before, with other figures, or no longer, changes a line.

/** Counts of the answers to acts of one kind. */
type Line = { readonly counts: Map<string, number>; readonly digests: string[] }
/** Answers so far, by kind of act. */
export type Answers = Map<string, Line>

/** Adds an answer: the reasons of a refusal, or what was permitted in full. */
export function addAnswer(answers: Answers, kind: string, answer: { readonly kind: 'permitted' } | Refusal): void {
  const line: Line = answers.get(kind) ?? { counts: new Map(), digests: [] }
  const codes = answer.kind === 'refusal' ? answer.routes.flatMap((route) => route.reasons.map((r) => r.code)) : ['yes']
  for (const code of new Set(codes)) line.counts.set(code, (line.counts.get(code) ?? 0) + 1)
  line.digests.push(digestOf(JSON.stringify(answer.kind === 'refusal' ? answer.routes : answer)))
  answers.set(kind, line)
}

/** A line for each kind of act, in the order of their names. */
export const answersText = (answers: Answers): string =>
  [...answers]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, { counts, digests }]) => {
      const said = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([code, n]) => `${code} ${n}`)
      return `${kind}: ${said.join(', ')} #${digestOf(digests.join(' '))}\n`
    })
    .join('')
