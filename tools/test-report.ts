import { writeFileSync } from 'node:fs'
import type { SerializedError, UserConsoleLog } from 'vitest'
import type { Reporter, TestModule } from 'vitest/node'

/** A test that did not run, by its full name. An empty reason is itself a failure: nothing is skipped silently. */
export type Skipped = { readonly name: string; readonly reason: string }

/** A test that failed, by its full name, and what it said first. */
export type Failure = { readonly name: string; readonly message: string }

/** What a test runner tells `tools/test.ts`. `faults` are failures that belong to no single test. */
export type TestReport = {
  readonly passed: number
  readonly failures: readonly Failure[]
  readonly skipped: readonly Skipped[]
  readonly faults: readonly string[]
}

/** Why a test did not run: as it said itself, or as its name says in brackets: `(needs …)`, `(skipped: …)`. */
export function reasonFor(name: string, note: string | undefined): string {
  const [, skippedFor, needs] = /\((?:skipped: ([^)]+)|(needs [^)]+))\)/.exec(name) ?? []
  return note ?? skippedFor ?? needs ?? ''
}

/** Vitest reporter: writes a {@link TestReport} to the file in QUORATE_TEST_REPORT. Whatever a test writes as an error is a fault. */
export default class FileReport implements Reporter {
  readonly #errorsLogged: string[] = []

  onUserConsoleLog(log: UserConsoleLog): void {
    if (log.type === 'stderr') this.#errorsLogged.push(`${log.taskId ?? 'a test'} wrote an error: ${log.content.trim()}`)
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    let passed = 0
    const failures: Failure[] = []
    const skipped: Skipped[] = []
    const faults = [...this.#errorsLogged, ...unhandled.map((error) => `unhandled: ${error.message}`)]
    for (const module of modules) {
      for (const error of module.errors()) faults.push(`${module.relativeModuleId}: ${error.message}`)
      for (const suite of module.children.allSuites())
        for (const error of suite.errors()) faults.push(`${suite.fullName}: ${error.message}`)
      for (const test of module.children.allTests()) {
        const result = test.result()
        const name = `${module.relativeModuleId} > ${test.fullName}`
        if (result.state === 'passed') passed++
        else if (result.state === 'failed') failures.push({ name, message: result.errors[0]?.message ?? '' })
        else skipped.push({ name, reason: reasonFor(name, result.state === 'skipped' ? result.note : undefined) })
      }
    }
    const file = process.env['QUORATE_TEST_REPORT']
    if (file !== undefined) writeFileSync(file, JSON.stringify({ passed, failures, skipped, faults } satisfies TestReport))
  }
}
