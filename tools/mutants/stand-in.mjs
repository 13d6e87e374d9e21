// Stands in for Vitest where mutants are asked: `describe` and `it` only note the tests, so that one process can run each of them again and
// again with its code warm. Golden files are compared and never written.
import { expectIn } from './expect.mjs'

/** Tests noted so far, each `{ id, file, hooks, run }`; `file` is set by whoever loads the next test file, `done` holds the hooks that ran. */
export const noted = { file: '', tests: [], running: '', done: new Set() }

let within = []
let hooks = []
let skipping = false

/** Begins another file. */
export function startFile(file) {
  noted.file = file
  hooks = []
}

function note(name, run) {
  if (skipping) return
  const path = [...within, name].join(' > ')
  const id = `${noted.file}#${path}`
  const twins = noted.tests.filter((test) => test.name === id).length
  noted.tests.push({ id: twins === 0 ? id : `${id} ${twins + 1}`, name: id, file: noted.file, hooks: [...hooks], run })
}

function group(name, body, skip) {
  const before = { within, hooks, skipping }
  within = [...within, name]
  hooks = [...hooks]
  skipping = skipping || skip
  body()
  ;({ within, hooks, skipping } = before)
}

const bodyOf = (words) => words.find((word) => typeof word === 'function')
const each =
  (one) =>
  (cases) =>
  (name, ...words) => {
    const body = bodyOf(words)
    for (const [i, given] of cases.entries()) one(`${name} ${i}`, Array.isArray(given) ? () => body(...given) : () => body(given))
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

/** As the tests say what they expect. */
export const expect = expectIn(() => noted.running)
