import { writeFileSync } from 'node:fs'
import type { Reporter, Suite, TestError } from '@playwright/test/reporter'
import { reasonFor, type Failure, type Skipped, type TestReport } from './test-report.ts'

/** Playwright reporter: the same {@link TestReport}. With QUORATE_BROWSER_MISSING every spec counts as skipped for that reason. */
export default class FileReport implements Reporter {
  #suite: Suite | undefined
  readonly #faults: string[] = []

  onBegin(_config: unknown, suite: Suite): void {
    this.#suite = suite
  }

  onError(error: TestError): void {
    this.#faults.push(error.message ?? 'an error without words')
  }

  onEnd(): void {
    const missing = process.env['QUORATE_BROWSER_MISSING']
    let passed = 0
    const failures: Failure[] = []
    const skipped: Skipped[] = []
    for (const test of this.#suite?.allTests() ?? []) {
      const name = test.titlePath().filter(Boolean).join(' > ')
      const outcome = test.outcome()
      if (missing !== undefined) skipped.push({ name, reason: missing })
      else if (outcome === 'skipped')
        skipped.push({ name, reason: reasonFor(name, test.annotations.find(({ type }) => type === 'skip')?.description) })
      else if (outcome === 'expected') passed++
      // A flaky test has failed once: that is a failure.
      else failures.push({ name, message: test.results.find(({ error }) => error !== undefined)?.error?.message ?? '' })
    }
    const file = process.env['QUORATE_TEST_REPORT']
    if (file !== undefined)
      writeFileSync(file, JSON.stringify({ passed, failures, skipped, faults: this.#faults } satisfies TestReport))
  }

  printsToStdio(): boolean {
    return false
  }
}
