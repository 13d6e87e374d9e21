// The second door of this feature: words and forms alone, for the registrar's program, which has no database.
export { rollEntry } from './roll-entry.ts'
export { votingLetter } from './voting-letter.ts'
export type { RegistrarElection, RegistrarLine, RegistrarWork } from './registrar-work.ts'
