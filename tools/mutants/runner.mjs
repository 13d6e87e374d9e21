// A test runner for Stryker. Vitest starts a worker and loads the package anew for every mutant, which costs more than the tests themselves;
// here one process holds all tests of a package and runs, for each mutant, those that reach it, the quickest first, until one notices. Only a
// mutant in code that runs while the package is loaded gets a thread of its own, with everything loaded anew. Whatever a mutant may leave behind
// cannot make the next ones look noticed: the test that failed must pass again without the mutant, or the process ends and another asks.
import { readFileSync, writeFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { failureOf, firstToNotice, loadTests } from './tests.mjs'

const orderFile = 'mutants-order.json'

class InOneProcess {
  capabilities() {
    return { reloadEnvironment: true }
  }

  async init() {
    this.stryker = globalThis.__stryker__ ??= {}
  }

  async load() {
    this.noted ??= await loadTests()
    return this.noted
  }

  async dryRun() {
    const noted = await this.load()
    const tests = []
    for (const test of noted.tests) {
      this.stryker.currentTestId = test.id
      const began = performance.now()
      const failure = await failureOf(noted, test)
      const timeSpentMs = Math.ceil(performance.now() - began)
      const { id, file: fileName } = test
      tests.push({ id, name: id, fileName, timeSpentMs, status: failure === null ? 0 : 1, failureMessage: failure ?? '' })
    }
    this.stryker.currentTestId = undefined
    const quickest = tests.toSorted((a, b) => a.timeSpentMs - b.timeSpentMs).map(({ id }) => id)
    writeFileSync(orderFile, JSON.stringify(quickest))
    return { status: 'complete', tests, mutantCoverage: this.stryker.mutantCoverage }
  }

  async mutantRun({ activeMutant, testFilter, hitLimit = Infinity, mutantActivation, reloadEnvironment }) {
    this.order ??= JSON.parse(readFileSync(orderFile, 'utf8'))
    if (mutantActivation === 'static' || reloadEnvironment) return this.anew(activeMutant.id, hitLimit)
    const noted = await this.load()
    const byId = (this.byId ??= new Map(noted.tests.map((test) => [test.id, test])))
    const wanted = new Set(testFilter)
    const tests = this.order.filter((id) => wanted.has(id)).map((id) => byId.get(id))
    Object.assign(this.stryker, { activeMutant: activeMutant.id, hitCount: 0, hitLimit })
    const found = await firstToNotice(noted, tests, this.stryker)
    Object.assign(this.stryker, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined })
    if (found === null) return { status: 'survived', nrOfTests: tests.length }
    if (found.circles) return { status: 'timeout', reason: 'it runs in circles' }
    noted.done.clear()
    if ((await failureOf(noted, found.test)) !== null) process.exit(1)
    noted.done.clear()
    return { status: 'killed', killedBy: [found.test.id], failureMessage: found.failure, nrOfTests: found.asked }
  }

  /** In a thread, with everything loaded anew. */
  async anew(mutant, hitLimit) {
    const worker = new Worker(new URL('thread.mjs', import.meta.url), {
      workerData: { activeMutant: mutant, hitLimit, order: this.order },
      stdout: true,
      stderr: true,
    })
    const { answer } = await new Promise((done) => {
      worker.once('message', done)
      worker.once('error', (error) => done({ answer: { id: this.order[0], failure: `the thread ended: ${error}` } }))
    })
    await worker.terminate()
    if (answer === null) return { status: 'survived', nrOfTests: this.order.length }
    if (answer.circles) return { status: 'timeout', reason: 'it runs in circles' }
    return { status: 'killed', killedBy: [answer.id], failureMessage: answer.failure ?? '', nrOfTests: 1 }
  }
}

/** For Stryker's list of plugins. */
export const inOneProcess = { kind: 'TestRunner', name: 'in-one-process', factory: () => new InOneProcess() }
