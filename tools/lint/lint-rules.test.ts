import { join } from 'node:path'
import { RuleTester } from 'eslint'
import tseslint from 'typescript-eslint'
import { afterAll, describe, it } from 'vitest'
import { root } from '../build.ts'
import { exactArithmetic } from './exact-arithmetic.ts'
import { noFloatingResult } from './no-floating-result.ts'

RuleTester.describe = describe
RuleTester.it = it
RuleTester.itOnly = it.only
;(RuleTester as unknown as { afterAll: typeof afterAll }).afterAll = afterAll // Its types forget this one.

new RuleTester().run('exact-arithmetic', exactArithmetic, {
  valid: ['a * b', 'a + 1', '0xe', '1_000', 'x.Math', `'a / b'`, '// a / b', 'divide(a, b)', '10n'],
  invalid: [
    { code: 'a / b', errors: [{ messageId: 'divide' }] },
    { code: 'a /= b', errors: [{ messageId: 'divide' }] },
    { code: '6n / 4n', errors: [{ messageId: 'divide' }] },
    { code: 'Math.floor(a)', errors: [{ messageId: 'math' }] },
    { code: '0.5 * a', errors: [{ messageId: 'float' }] },
    { code: '1e3', errors: [{ messageId: 'float' }] },
    { code: 'Math.round(a / 0.1)', errors: [{ messageId: 'math' }, { messageId: 'divide' }, { messageId: 'float' }] },
  ],
})

// A file beside result.ts that exists in memory alone, typed as if it stood there.
const filename = join(root, 'packages/kernel/src/probe.ts')
const typed = new RuleTester({
  languageOptions: {
    parser: tseslint.parser,
    parserOptions: {
      tsconfigRootDir: root,
      projectService: { allowDefaultProject: ['packages/kernel/src/probe.ts'], defaultProject: 'tsconfig.json' },
    },
  },
})
const given = `import { ok, fail, type Result } from './result.ts'
type Fail<E> = { readonly error: E }
declare const one: () => Result<number, 'late'>
declare const later: () => Promise<Result<null, 'late'>>
declare const maybe: () => Result<null, 'late'> | undefined
declare const namesake: () => Promise<{ readonly error: string }> | (Fail<'x'> | 1)
declare const held: Result<number, 'late'>
let kept: Result<number, 'late'>
`
const sound = ['const a = one()', 'kept = one()', 'export const b = await later()', 'ok(1)', 'namesake()', '[1]']
const dropped = ['one()', 'void one()', 'await later()', 'later()', 'void later()', 'maybe()', `fail('late')`, 'held']
typed.run('no-floating-result', noFloatingResult, {
  valid: sound.map((code) => ({ name: code, filename, code: given + code })),
  invalid: dropped.map((code) => ({ name: code, filename, code: given + code, errors: [{ messageId: 'floating' }] })),
})
