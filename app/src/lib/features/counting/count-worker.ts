/// <reference lib="webworker" />
import { checkedCount, countJob, savedText, type Finished } from './count-job.ts'
import type { WorkAnswer, WorkAsked } from './count-port.ts'

// The worker of the page: one file at a time. It fetches nothing; its own policy forbids it to.

const scope = self as unknown as DedicatedWorkerGlobalScope // what `self` is in a worker
const say = (answer: WorkAnswer): void => scope.postMessage(answer)

let finished: Finished | null = null

scope.onmessage = ({ data }: MessageEvent<WorkAsked>): void => {
  if (data.kind === 'save') {
    if (finished !== null) say({ number: data.number, kind: 'saved', as: data.as, text: savedText(finished, data.as) })
    return
  }
  if (data.kind === 'check') {
    if (finished !== null) say({ number: data.number, kind: 'checked', answer: checkedCount(finished) })
    return
  }
  finished = null
  void countJob(data, say).then((done) => {
    finished = done
  })
}
