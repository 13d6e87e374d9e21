export type { Attempt, Judging, Performed, PerformFault } from './perform.ts'
export { perform, stateOf } from './perform.ts'
