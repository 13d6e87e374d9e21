import { timeLocking, type ToTime } from './lock.ts'

// The worker's own scope, as far as it is used here.
declare const self: { onmessage: ((event: { readonly data: ToTime }) => void) | null; postMessage(message: unknown): void }

self.onmessage = ({ data }) => self.postMessage(timeLocking(data))
self.postMessage('ready')
