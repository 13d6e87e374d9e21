// Stands in for Vitest where mutants are asked: `describe` and `it` only note the tests, so that one process can run each of them again and
// again with its code warm. Golden files are compared and never written.
import { format } from 'node:util'
import { expectIn } from './expect.mjs'

/** Tests noted so far, each `{ id, file, hooks, run }`; `file` is set by whoever loads the next test file, `done` holds the hooks that ran. */
export const noted = { file: '', tests: [], running: '', done: new Set() }

let within = []
let hooks = []
/** What runs before and after each test of the group. */
let around = { before: [], after: [] }
let skipping = false

/** Begins another file. */
export function startFile(file) {
  noted.file = file
  hooks = []
  around = { before: [], after: [] }
}

function note(name, run) {
  if (skipping) return
  const path = [...within, name].join(' > ')
  const id = `${noted.file}#${path}`
  const twins = noted.tests.filter((test) => test.name === id).length
  const told = { task: [...within, name].reduce((suite, one) => ({ name: one, suite, file: { name: noted.file } }), undefined) }
  const { before, after } = around
  const whole = async () => {
    for (const hook of before) await hook(told)
    await run({})
    for (const hook of after) await hook(told)
  }
  noted.tests.push({ id: twins === 0 ? id : `${id} ${twins + 1}`, name: id, file: noted.file, hooks: [...hooks], run: whole })
}

function group(name, body, skip) {
  const outside = { within, hooks, around, skipping }
  within = [...within, name]
  hooks = [...hooks]
  around = { before: [...around.before], after: [...around.after] }
  skipping = skipping || skip
  body()
  ;({ within, hooks, around, skipping } = outside)
}

const bodyOf = (words) => words.find((word) => typeof word === 'function')
/** The name of one case as Vitest forms it, for golden files are found by it. */
const nameOf = (name, values, i) => {
  const plain = name.replaceAll('%#', String(i)).replaceAll('%%', '%')
  const wanted = (plain.match(/%[sdifjo]/g) ?? []).length
  return wanted === 0 ? `${name} ${i}` : format(plain, ...values.slice(0, wanted))
}
const each =
  (one) =>
  (cases) =>
  (name, ...words) => {
    for (const [i, given] of cases.entries()) {
      const values = Array.isArray(given) ? given : [given]
      one(nameOf(name, values, i), () => bodyOf(words)(...values))
    }
  }

const nothing = Object.assign(() => undefined, { each: () => () => undefined })
export const it = Object.assign((name, ...words) => note(name, bodyOf(words)), {
  each: each((name, run) => note(name, run)),
  skip: nothing,
  skipIf: (skip) => (skip ? nothing : it),
  runIf: (run) => (run ? it : nothing),
})
export const test = it

const skipped = Object.assign((name, ...words) => group(name, bodyOf(words), true), {
  each: each((name, body) => group(name, body, true)),
})
export const describe = Object.assign((name, ...words) => group(name, bodyOf(words), false), {
  each: each((name, body) => group(name, body, false)),
  skip: skipped,
  skipIf: (skip) => (skip ? skipped : describe),
  runIf: (run) => (run ? describe : skipped),
})

/** Once before the first test of its group that runs. */
export const beforeAll = (run) => void hooks.push(run)
/** What tidies up or prints is not wanted here. */
export const afterAll = () => undefined
export const beforeEach = (run) => void around.before.push(run)
export const afterEach = (run) => void around.after.push(run)

/** As the tests say what they expect. */
export const expect = expectIn(() => noted.running)
