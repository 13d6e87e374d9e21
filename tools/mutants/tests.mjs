// The tests that a mutant meets, loaded once into a process or thread and run from there.
import { globSync } from 'node:fs'
import { enableCompileCache, registerHooks } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const inPlace = (path) => pathToFileURL(resolve(path)).href

/** Every test file that the pattern of QUORATE_TESTS finds below this folder. */
export const testFiles = () =>
  globSync(process.env['QUORATE_TESTS'] ?? '')
    .map((file) => resolve(file))
    .sort()

/** Where tests are noted, and what loads a file of them. */
export async function emptyNotes() {
  enableCompileCache()
  const standIn = new URL('stand-in.mjs', import.meta.url).href
  const fewerRuns = inPlace('test/setup/fast-check.ts')
  registerHooks({
    resolve: (word, context, next) =>
      word === 'vitest'
        ? { url: standIn, shortCircuit: true }
        : word === 'fast-check'
          ? { url: fewerRuns, shortCircuit: true }
          : next(word, context),
  })
  const { noted, startFile } = await import(standIn)
  return {
    noted,
    load: async (file) => {
      startFile(file)
      await import(inPlace(file))
    },
  }
}

/** Runs one test; what it failed with, or null. */
export async function failureOf(noted, test) {
  noted.running = test.file
  try {
    for (const hook of test.hooks.filter((one) => !noted.done.has(one))) {
      noted.done.add(hook)
      await hook()
    }
    await test.run({})
    return null
  } catch (error) {
    if (!(error instanceof Error)) return String(error)
    // A property that fails names its seed; what it failed with is the cause.
    return error.cause instanceof Error ? `${error.message}\n${error.cause.stack}` : error.message
  }
}

/** The first of these tests that notices the mutant in `stryker`, and how; null where none does. Ends early when it only runs in circles. */
export async function firstToNotice(noted, tests, stryker) {
  noted.done.clear()
  for (const [i, test] of tests.entries()) {
    const failure = await failureOf(noted, test)
    if (stryker.hitCount > stryker.hitLimit) return { circles: true, asked: i + 1 }
    if (failure !== null) return { test, failure, asked: i + 1 }
  }
  return null
}
