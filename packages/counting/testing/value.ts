import type { Result } from '@quorate/kernel'

/** The value of a result that a test knows to be one; its error in the exception otherwise. */
export function valueOf<T>(result: Result<T, unknown>): T {
  if (result.kind === 'fail') throw new Error(JSON.stringify(result.error))
  return result.value
}
