import { catalogue } from '#lib/platform/words.ts'

/** How grave what the linter finds is, in a word. */
export const findingMessages = catalogue(
  {
    'grade.error': 'error',
    'grade.warning': 'warning',
  },
  {
    'grade.error': 'gwall',
    'grade.warning': 'rhybudd',
  },
)
