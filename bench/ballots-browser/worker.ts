import { timeStep, type Paper, type Step } from './lock.ts'

// The worker's own scope, as far as it is used here.
declare const self: {
  onmessage: ((event: { readonly data: readonly [Step, Paper] }) => void) | null
  postMessage(message: number): void
}

self.onmessage = ({ data: [step, paper] }) => self.postMessage(timeStep(step, paper))
