// A mutant in code that runs while the package is loaded: everything is loaded anew, with the mutant in it.
import { parentPort, workerData } from 'node:worker_threads'
import { firstToNotice, loadTests } from './tests.mjs'

const { activeMutant, hitLimit, order } = workerData
const stryker = { activeMutant, hitLimit, hitCount: 0 }
globalThis.__stryker__ = stryker
let answer
try {
  const noted = await loadTests()
  const place = new Map(order.map((id, i) => [id, i]))
  const tests = noted.tests.toSorted((a, b) => (place.get(a.id) ?? order.length) - (place.get(b.id) ?? order.length))
  const missing = order.find((id) => !tests.some((test) => test.id === id))
  const found = missing === undefined ? await firstToNotice(noted, tests, stryker) : { failure: 'a test is gone', id: missing }
  answer = found === null ? null : { circles: found.circles, id: found.test?.id ?? found.id, failure: found.failure }
} catch (error) {
  answer = { id: order[0], failure: `the package does not load: ${error}` }
}
parentPort.postMessage({ answer })
