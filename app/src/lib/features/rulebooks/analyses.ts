import type { Analysis, AnalyseFacts, Rulebook } from '@quorate/rulebook'
import { analyser } from './analyser.ts'
import { remembering } from './turns.ts'

// Readers ask the same few questions of the same edition; the text's fingerprint stands for the rulebook.
const answered = remembering<Analysis>(64)
const waiting = new Map<string, Promise<Analysis | 'busy'>>()

/** The analysis of a rulebook under some facts, remembered. Costs up to a second for a long rulebook, in a thread of its own; `busy`: too many wait. */
export async function analysisOf(rulebook: Rulebook, facts: AnalyseFacts): Promise<Analysis | 'busy'> {
  const key = `${rulebook.textHash} ${JSON.stringify(facts)}`
  const known = answered.get(key)
  if (known !== undefined) return known
  // Asked twice while it waits, it is reckoned once.
  const made = (waiting.get(key) ?? analyser().analyse(rulebook, facts)).finally(() => waiting.delete(key))
  waiting.set(key, made)
  const analysis = await made
  if (analysis !== 'busy') answered.set(key, analysis)
  return analysis
}
