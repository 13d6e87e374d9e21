// A test runner for Stryker. Vitest starts a worker and loads the package anew for every mutant, which costs more than the tests themselves;
// here one process holds all tests of a package and runs, for each mutant, those that reach it, the quickest first, until one notices. Only a
// mutant in code that runs while the package is loaded gets a thread of its own, with everything loaded anew. Whatever a mutant may leave behind
// cannot make the next ones look noticed: the test that failed must pass again without the mutant. If it does not, a thread asks anew, and the
// process ends.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { emptyNotes, failureOf, firstToNotice, testFiles } from './tests.mjs'

// Left in the sandbox by the run without mutants, for the processes that ask the mutants.
const timesFile = 'mutants-times.json'

class InOneProcess {
  capabilities() {
    return { reloadEnvironment: true }
  }

  async init() {
    this.stryker = globalThis.__stryker__ ??= {}
  }

  async load() {
    if (this.noted !== undefined) return this.noted
    const { noted, load } = await emptyNotes()
    for (const file of testFiles()) await load(file)
    this.byId = new Map(noted.tests.map((test) => [test.id, test]))
    return (this.noted = noted)
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
    writeFileSync(timesFile, JSON.stringify(tests.map(({ id, fileName, timeSpentMs }) => [id, fileName, timeSpentMs])))
    return { status: 'complete', tests, mutantCoverage: this.stryker.mutantCoverage }
  }

  async mutantRun({ activeMutant, sandboxFileName, testFilter, hitLimit = Infinity, mutantActivation, reloadEnvironment }) {
    if (this.spoilt) process.exit(1)
    this.times ??= JSON.parse(readFileSync(timesFile, 'utf8')).sort((a, b) => a[2] - b[2])
    if (mutantActivation === 'static' || reloadEnvironment) return this.anew(activeMutant.id, hitLimit, sandboxFileName)
    const noted = await this.load()
    const wanted = new Set(testFilter)
    const tests = this.times.filter(([id]) => wanted.has(id)).map(([id]) => this.byId.get(id))
    Object.assign(this.stryker, { activeMutant: activeMutant.id, hitCount: 0, hitLimit })
    const found = await firstToNotice(noted, tests, this.stryker)
    Object.assign(this.stryker, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined })
    if (found === null) return { status: 'survived', nrOfTests: tests.length }
    if (found.circles) return { status: 'timeout', reason: 'it runs in circles' }
    noted.done.clear()
    if ((await failureOf(noted, found.test)) !== null) {
      this.spoilt = true
      return this.anew(activeMutant.id, hitLimit, sandboxFileName)
    }
    return { status: 'killed', killedBy: [found.test.id], failureMessage: found.failure, nrOfTests: found.asked }
  }

  /** In a thread, with everything loaded anew: test files beside the changed one first, then those that take least time. */
  async anew(mutant, hitLimit, changed) {
    const files = Map.groupBy(this.times, ([, file]) => file)
    const far = (file) => (dirname(file) === dirname(changed) ? 0 : changed.startsWith(`${dirname(file)}/`) ? 1 : 2)
    const took = (tests) => tests.reduce((sum, [, , ms]) => sum + ms, 0)
    const ordered = [...files].sort((a, b) => far(a[0]) - far(b[0]) || took(a[1]) - took(b[1]))
    const plan = ordered.map(([file, tests]) => [file, tests.map(([id]) => id)])
    const worker = new Worker(new URL('thread.mjs', import.meta.url), {
      workerData: { activeMutant: mutant, hitLimit, plan },
      stdout: true,
      stderr: true,
    })
    const { answer } = await new Promise((done) => {
      worker.once('message', done)
      worker.once('error', (error) => done({ answer: { id: plan[0]?.[1][0], failure: `the thread ended: ${error}` } }))
    })
    await worker.terminate()
    if (answer === null) return { status: 'survived', nrOfTests: this.times.length }
    if (answer.circles) return { status: 'timeout', reason: 'it runs in circles' }
    return { status: 'killed', killedBy: [answer.id], failureMessage: answer.failure ?? '', nrOfTests: 1 }
  }
}

/** For Stryker's list of plugins. */
export const inOneProcess = { kind: 'TestRunner', name: 'in-one-process', factory: () => new InOneProcess() }
