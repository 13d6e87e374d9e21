// Runs a package's Vitest tests for Stryker in one process, without Vitest: a mutant of a package of 30,000 costs the tests that reach it and not
// the start of a worker for each of their files. Of Vitest it keeps `expect`; `describe`, `it`, `each`, `skipIf` and hooks
// around each test are told in mutants-vitest.mjs; hooks around a whole suite are not, so packages whose tests have any are asked through Vitest. Tests are asked from the quickest on, and the first that fails ends the run.
//
// What code remembers between calls (`const known = new WeakMap<…>()` at the top of a module) is forgotten before each mutant, and a test that
// fails under a mutant must pass again without it, else the run is repeated in a process of its own.
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const mutants = (globalThis.__stryker__ ??= {})
const shared = (globalThis.__quorateTests ??= { remembered: [], file: null })
// Stryker moves each process to its sandbox after it has loaded this.
const inSandbox = (path) => resolve(process.cwd(), path)
const covered = '.covered.json'

/** A map that can be emptied between mutants. */
class Forgetful {
  #made
  #inner
  constructor(made) {
    this.#made = made
    this.forget()
    shared.remembered.push(this)
  }
  forget() {
    this.#inner = this.#made()
  }
  get = (key) => this.#inner.get(key)
  has = (key) => this.#inner.has(key)
  set = (key, value) => (this.#inner.set(key, value), this)
  delete = (key) => this.#inner.delete(key)
  clear = () => this.forget()
  get size() {
    return this.#inner.size
  }
}
shared.forgetful = (made) => new Forgetful(made)

const memory = /^(const \w+(?:: [^=\n]+)?) = new (WeakMap|Map)(<.*>)?\(\)$/gm
const vitest = pathToFileURL(fileURLToPath(import.meta.url).replace(/mutants-runner\.mjs$/, 'mutants-vitest.mjs')).href
registerHooks({
  resolve: (name, context, next) =>
    name === 'vitest' && context.parentURL !== vitest
      ? { url: vitest, shortCircuit: true }
      : name === 'fast-check'
        ? { url: pathToFileURL(inSandbox('test/setup/fast-check.ts')).href, shortCircuit: true }
        : next(name, context),
  load: (url, context, next) => {
    const loaded = next(url, context)
    if (!/\/packages\/\w+\/src\/.*\.ts$/.test(url) || loaded.source == null) return loaded
    const source = loaded.source
      .toString()
      .replace(
        memory,
        (_, left, kind) => `${left.replace(/:.*/, ': any')} = (globalThis as any).__quorateTests.forgetful(() => new ${kind}())`,
      )
    return { ...loaded, source }
  },
})

/** Loads a test file and gives its tests, in its order. */
const files = new Map()
async function testsOf(file) {
  const known = files.get(file)
  if (known !== undefined) return known
  const { before, tests, after } = (shared.file = { path: file, tests: [], suite: [], before: [], after: [] })
  await import(pathToFileURL(file).href)
  const suite = { name: relative(process.cwd(), file) }
  const made = tests.map(({ names, run }, i) => {
    const task = names.reduce((outer, name) => ({ name, suite: outer, file: suite }), undefined)
    return { name: names.join(' '), run, file, before, after, task, id: `${file}#${i} ${names.join(' ')}` }
  })
  files.set(file, made)
  return made
}

/** Runs one test; what it says when it fails, or null. */
async function failureOf(test) {
  try {
    shared.file = { path: test.file }
    for (const hook of test.before) await hook({ task: test.task })
    await test.run()
    for (const hook of test.after) await hook({ task: test.task })
    return null
  } catch (error) {
    return String(error?.message ?? error).slice(0, 500)
  }
}
const begin = (mutant) => {
  for (const map of shared.remembered) map.forget()
  mutants.activeMutant = mutant
}

/** @implements Stryker's TestRunner. */
class Runner {
  #paths = []

  capabilities() {
    return { reloadEnvironment: false }
  }

  async init() {
    this.#paths = globSync(process.env.QUORATE_TESTS ?? 'packages/*/src/**/*.test.ts')
      .sort()
      .map(inSandbox)
    for (const say of ['log', 'info', 'warn']) console[say] = () => undefined
  }

  async dryRun() {
    begin(undefined)
    const told = []
    for (const file of this.#paths) {
      for (const test of await testsOf(file)) {
        const began = performance.now()
        mutants.currentTestId = test.id
        const failure = await failureOf(test)
        mutants.currentTestId = undefined
        const timeSpentMs = performance.now() - began
        const head = { id: test.id, name: test.name, fileName: test.file, timeSpentMs }
        told.push(failure === null ? { ...head, status: 0 } : { ...head, status: 1, failureMessage: failure })
      }
    }
    const { perTest = {} } = mutants.mutantCoverage ?? {}
    const spent = Object.fromEntries(told.map(({ id, timeSpentMs }) => [id, timeSpentMs]))
    const reach = {}
    for (const [id, hits] of Object.entries(perTest)) for (const mutant of Object.keys(hits)) (reach[mutant] ??= []).push(id)
    writeFileSync(inSandbox(covered), JSON.stringify({ spent, reach }))
    return { status: 'complete', tests: told, mutantCoverage: mutants.mutantCoverage ?? { static: {}, perTest: {} } }
  }

  async mutantRun({ activeMutant, testFilter, mutantActivation, hitLimit }) {
    const { spent, reach } = existsSync(inSandbox(covered))
      ? JSON.parse(readFileSync(inSandbox(covered), 'utf8'))
      : { spent: {}, reach: {} }
    mutants.hitLimit = hitLimit
    mutants.hitCount = 0
    const isStatic = mutantActivation === 'static'
    begin(isStatic ? activeMutant.id : undefined)
    const wanted = testFilter ?? reach[activeMutant.id] ?? []
    const first = [...new Set(wanted.map((id) => id.split('#')[0]))]
    const rest = isStatic ? this.#paths.filter((path) => !first.includes(path)) : []
    const cost = (file) => Object.entries(spent).reduce((sum, [id, ms]) => sum + (id.startsWith(`${file}#`) ? ms : 0), 0)
    const byCost = (list) =>
      list
        .map((file) => [cost(file), file])
        .sort((a, b) => a[0] - b[0])
        .map(([, file]) => file)
    let asked = 0
    const ask = async (tests) => {
      for (const test of tests) {
        asked++
        const failure = await failureOf(test)
        if (mutants.hitCount > hitLimit) return { status: 'timeout', reason: `more than ${hitLimit} times` }
        if (failure === null) continue
        if (!isStatic) {
          begin(undefined)
          const again = await failureOf(test)
          if (again !== null) throw new Error(`${test.id} fails without the mutant too: ${again}`)
        }
        return { status: 'killed', killedBy: [test.id], failureMessage: failure, nrOfTests: asked }
      }
      return null
    }
    if (!isStatic) {
      const want = new Set(wanted)
      const tests = []
      for (const file of first) tests.push(...(await testsOf(file)).filter(({ id }) => want.has(id)))
      begin(activeMutant.id)
      const told = await ask(tests.toSorted((a, b) => (spent[a.id] ?? 0) - (spent[b.id] ?? 0)))
      begin(undefined)
      return told ?? { status: 'survived', nrOfTests: asked }
    }
    for (const file of [...byCost(first), ...byCost(rest)]) {
      let tests
      try {
        tests = await testsOf(file)
      } catch (error) {
        if (mutants.hitCount > hitLimit) return { status: 'timeout', reason: `more than ${hitLimit} times` }
        return {
          status: 'killed',
          killedBy: [Object.keys(spent)[0] ?? 'load'],
          failureMessage: String(error?.message ?? error),
          nrOfTests: asked,
        }
      }
      const told = await ask(tests)
      if (told !== null) return told
    }
    return { status: 'survived', nrOfTests: asked }
  }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'plain', factory: () => new Runner() }]
