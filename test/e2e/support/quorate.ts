import { execFile } from 'node:child_process'
import { root } from '../../../tools/build.ts'

/** Runs a command line of Quorate as anyone would, under whatever Node is on the path. */
export function quorate(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve) => {
    const options = { cwd: root, env: { ...process.env, ...env }, encoding: 'utf8' } as const
    execFile('node', ['app/cli/quorate.mjs', ...words], options, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code ?? -1), text: stdout + stderr })
    })
  })
}
