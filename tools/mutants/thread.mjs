// A mutant in code that runs while the package is loaded: everything is loaded anew with the mutant in it, test file by test file.
import { parentPort, workerData } from 'node:worker_threads'
import { emptyNotes, firstToNotice } from './tests.mjs'

/** `plan`: for each test file, the nearest first, the ids of its tests, the quickest first. */
const { activeMutant, hitLimit, plan } = workerData
const stryker = { activeMutant, hitLimit, hitCount: 0 }
globalThis.__stryker__ = stryker

async function answerOf() {
  const { noted, load } = await emptyNotes()
  for (const [file, ids] of plan) {
    try {
      await load(file)
    } catch (error) {
      return { id: ids[0], failure: `the package does not load: ${error}` }
    }
    const byId = new Map(noted.tests.map((test) => [test.id, test]))
    const gone = ids.find((id) => !byId.has(id))
    if (gone !== undefined) return { id: gone, failure: 'this test is not there' }
    const tests = ids.map((id) => byId.get(id))
    const found = await firstToNotice(noted, tests, stryker)
    if (found !== null) return { circles: found.circles, id: found.test?.id, failure: found.failure }
  }
  return null
}
parentPort.postMessage({ answer: await answerOf() })
