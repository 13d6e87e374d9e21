// What the tests of the packages import from `vitest` when mutants are asked about (see mutants-runner.mjs).
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { format } from 'node:util'
import { chai, expect } from 'vitest'

export { expect }

const shared = globalThis.__quorateTests
const here = () => shared.file

chai.use(({ Assertion }, { addMethod }) =>
  addMethod(Assertion.prototype, 'toMatchFileSnapshot', function (path) {
    const golden = readFileSync(resolve(dirname(here().path), path), 'utf8')
    this.assert(this._obj === golden, `differs from ${path}`, `equals ${path}`)
  }),
)
const inline = (text) => {
  const lines = text.replace(/^\n|\n\s*$/g, '').split('\n')
  const indent = /^\s*/.exec(lines[0] ?? '')?.[0].length ?? 0
  return lines.map((line) => line.slice(indent)).join('\n')
}
chai.use(({ Assertion }, { addMethod }) =>
  addMethod(Assertion.prototype, 'toMatchInlineSnapshot', function (text) {
    this.assert(`"${this._obj}"` === inline(text), 'differs from what is written', 'equals what is written')
  }),
)

const nameOf = (name, values, i) => {
  const said = typeof name === 'function' ? name.name : name
  return format(
    said.replaceAll('%#', String(i)).replaceAll('%%', '%'),
    ...values.filter((v) => typeof v !== 'object').slice(0, (said.match(/%[sdifjo]/g) ?? []).length),
  )
}
const bodyOf = (rest) => rest.find((part) => typeof part === 'function') ?? (() => undefined)

function add(name, run) {
  const { suite, tests } = here()
  tests.push({ names: [...suite, name], run })
}
function nest(name, run) {
  const { suite } = here()
  suite.push(name)
  run()
  suite.pop()
}
const made = (use) => {
  const call = (name, ...rest) => use(String(name?.name ?? name), bodyOf(rest))
  call.each =
    (cases) =>
    (name, ...rest) =>
      cases.forEach((one, i) => {
        const values = Array.isArray(one) ? one : [one]
        use(nameOf(name, values, i), () => bodyOf(rest)(...values))
      })
  const none = () => undefined
  none.each = () => none
  call.skip = none
  call.skipIf = (skipped) => (skipped ? none : call)
  call.runIf = (asked) => (asked ? call : none)
  return call
}
export const it = made(add)
export { it as test }
export const describe = made(nest)
export const beforeEach = (run) => void here().before.push(run)
export const afterEach = (run) => void here().after.push(run)
