// Asks the tests of the files named, in this process and without Vitest, in a fraction of the time; `nightly.ts` starts one process a shard. Prints
// tests that take more than a second as they end, and why one failed; whatever fails makes the process fail.
import { emptyNotes, failureOf } from './mutants/tests.mjs'

const { noted, load } = await emptyNotes()
for (const file of process.argv.slice(2)) await load(file)
let failed = noted.tests.length === 0
for (const test of noted.tests) {
  const began = performance.now()
  const failure = await failureOf(noted, test)
  failed ||= failure !== null
  const name = test.id.slice(test.id.indexOf('#') + 1)
  const took = (performance.now() - began) / 1000
  if (failure !== null || took > 1) console.log(`${failure === null ? 'ok  ' : 'FAIL'} ${took.toFixed(0)} s ${name}`)
  if (failure !== null) console.log(failure)
}
process.exitCode = failed ? 1 : 0
