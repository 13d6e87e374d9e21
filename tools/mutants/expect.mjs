// The expectations that the packages' tests use, with Vitest's meaning and nothing else of it: Vitest's own look for its worker at every call,
// which makes a test of ten thousand cases some ten times slower outside one. A matcher that is missing here fails the run without mutants.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { inspect } from 'node:util'

const asymmetric = Symbol('decides itself')
const deciding = (decide) => ({ [asymmetric]: decide })
const isObject = (value) => typeof value === 'object' && value !== null
const kindOf = (value) => Object.prototype.toString.call(value)
const keysOf = (value, strict) => Reflect.ownKeys(value).filter((key) => strict || value[key] !== undefined)

/** Whether two values are equal as `toEqual` has it: properties that are undefined are as good as none. With `subset`, as `toMatchObject`. */
function same(found, wanted, subset, strict = false) {
  if (isObject(wanted) && asymmetric in wanted) return wanted[asymmetric](found)
  if (Object.is(found, wanted)) return true
  if (!isObject(found) || !isObject(wanted) || kindOf(found) !== kindOf(wanted)) return false
  if (found instanceof Error && wanted instanceof Error) return found.message === wanted.message
  if (wanted instanceof Date) return found.getTime() === wanted.getTime()
  if (wanted instanceof RegExp) return String(found) === String(wanted)
  if (wanted instanceof Set)
    return found.size === wanted.size && [...wanted].every((w) => found.has(w) || [...found].some((f) => same(f, w, false)))
  if (wanted instanceof Map)
    return found.size === wanted.size && [...wanted].every(([key, w]) => found.has(key) && same(found.get(key), w, subset))
  if (Array.isArray(wanted) || ArrayBuffer.isView(wanted)) {
    if (found.length !== wanted.length) return false
    for (let i = 0; i < wanted.length; i++) if (!same(found[i], wanted[i], subset, strict)) return false
    return true
  }
  const keys = keysOf(wanted, strict)
  if (subset) return keysOf(wanted, true).every((key) => key in found && same(found[key], wanted[key], true))
  return (
    keys.length === keysOf(found, strict).length &&
    keys.every((key) => key in found && same(found[key], wanted[key], false, strict))
  )
}

const matches = (text, wanted) => (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text))
const isEmpty = (value) => (isObject(value) && 'size' in value ? value.size === 0 : Object.keys(value).length === 0)

function thrown(run, wanted) {
  try {
    run()
  } catch (error) {
    if (wanted === undefined) return true
    if (typeof wanted === 'function') return error instanceof wanted
    return wanted instanceof Error ? error.message === wanted.message : matches(String(error?.message), wanted)
  }
  return false
}

function at(value, path) {
  const steps = Array.isArray(path) ? path : String(path).split('.')
  return steps.reduce((inner, key) => (inner === null || inner === undefined ? undefined : inner[key]), value)
}

/** Of each matcher whether a value passes; `place` is the file of the test. */
const matchers = {
  toBe: (found, wanted) => Object.is(found, wanted),
  toEqual: (found, wanted) => same(found, wanted, false),
  toStrictEqual: (found, wanted) => same(found, wanted, false, true),
  toMatchObject: (found, wanted) => isObject(found) && same(found, wanted, true),
  toContain: (found, wanted) => (typeof found === 'string' ? found.includes(wanted) : [...found].includes(wanted)),
  toContainEqual: (found, wanted) => [...found].some((one) => same(one, wanted, false)),
  toHaveLength: (found, wanted) => found.length === wanted,
  toHaveProperty: (found, path, ...wanted) =>
    wanted.length === 0 ? at(found, path) !== undefined : same(at(found, path), wanted[0], false),
  toMatch: (found, wanted) => matches(found, wanted),
  toBeGreaterThan: (found, wanted) => found > wanted,
  toBeGreaterThanOrEqual: (found, wanted) => found >= wanted,
  toBeLessThan: (found, wanted) => found < wanted,
  toBeLessThanOrEqual: (found, wanted) => found <= wanted,
  toBeCloseTo: (found, wanted, places = 2) => Math.abs(found - wanted) < 10 ** -places / 2,
  toBeNull: (found) => found === null,
  toBeUndefined: (found) => found === undefined,
  toBeDefined: (found) => found !== undefined,
  toBeTruthy: (found) => Boolean(found),
  toBeFalsy: (found) => !found,
  toBeNaN: (found) => Number.isNaN(found),
  toBeEmpty: isEmpty,
  toBeInstanceOf: (found, wanted) => found instanceof wanted,
  toBeTypeOf: (found, wanted) => typeof found === wanted,
  toThrow: (found, wanted) => thrown(found, wanted),
  toThrowError: (found, wanted) => thrown(found, wanted),
}

/** `expect` for tests whose file `placeOf()` names, where golden files are found. */
export function expectIn(placeOf) {
  const golden = (found, path) => {
    const file = resolve(dirname(placeOf()), path)
    return existsSync(file) && readFileSync(file, 'utf8') === found
  }
  const all = { ...matchers, toMatchFileSnapshot: golden }
  const demand = (pass, name, found) => {
    if (!pass) throw new Error(`${name}: ${inspect(found, { depth: 3 }).slice(0, 300)}`)
  }
  const view = (found, not) =>
    Object.fromEntries(
      Object.entries(all).map(([name, passes]) => [name, (...wanted) => demand(passes(found, ...wanted) !== not, name, found)]),
    )
  class Expected {
    constructor(found) {
      this.found = found
    }
    get not() {
      return view(this.found, true)
    }
    get resolves() {
      return later((passes, wanted) => this.found.then((value) => passes(value, ...wanted)))
    }
    get rejects() {
      return later((passes, wanted) =>
        Promise.resolve(typeof this.found === 'function' ? this.found() : this.found).then(
          () => false,
          (error) =>
            passes === all.toThrow
              ? passes(
                  () => {
                    throw error
                  },
                  ...wanted,
                )
              : passes(error, ...wanted),
        ),
      )
    }
  }
  const later = (settle) =>
    Object.fromEntries(
      Object.entries(all).map(([name, passes]) => [
        name,
        async (...wanted) => demand(await settle(passes, wanted), name, wanted),
      ]),
    )
  for (const [name, passes] of Object.entries(all))
    Expected.prototype[name] = function (...wanted) {
      demand(passes(this.found, ...wanted), name, this.found)
    }
  return Object.assign((found) => new Expected(found), {
    any: (kind) =>
      deciding(
        (found) =>
          (found !== null && found !== undefined && Object(found) instanceof kind) ||
          (kind === BigInt && typeof found === 'bigint'),
      ),
    anything: () => deciding((found) => found !== null && found !== undefined),
    stringMatching: (wanted) => deciding((found) => typeof found === 'string' && matches(found, wanted)),
    stringContaining: (wanted) => deciding((found) => typeof found === 'string' && found.includes(wanted)),
    arrayContaining: (wanted) =>
      deciding((found) => Array.isArray(found) && wanted.every((one) => found.some((other) => same(other, one, false)))),
    objectContaining: (wanted) =>
      deciding((found) => isObject(found) && Object.entries(wanted).every(([key, one]) => same(found[key], one, false))),
    fail: (message) => {
      throw new Error(message)
    },
  })
}
