import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fail, ok, type Result } from '@quorate/kernel'
import { lockAloneWithin } from './lock.ts'

/** The checkout this file is part of. */
export const root = dirname(import.meta.dirname)

/** Something Vite builds: it is built again when the content of `inputs` (globs, tests excepted) differs from what the stamp remembers. */
export type Target = {
  readonly name: string
  readonly words: readonly string[]
  readonly inputs: readonly string[]
  /** Proof that the output is there at all. */
  readonly output: string
}

/** The voting page, first: the web build copies it among its static files. */
export const booth: Target = {
  name: 'voting page',
  words: ['build', '-c', 'vite.booth.config.ts'],
  inputs: [
    'app/{booth,style}/**',
    'app/vite.booth.config.ts',
    'packages/{kernel,ballots,record}/{src/**,package.json}',
    'package-lock.json',
  ],
  output: 'app/static/booth/index.html',
}

/** The verifier as one file that works without a server; the web build copies it among its static files. */
export const offlineVerifier: Target = {
  name: 'offline verifier',
  words: ['build', '-c', 'vite.verifier.config.ts'],
  inputs: [
    'app/verifier/**',
    'app/vite.{verifier.config,one-file}.ts',
    'app/{booth/src/dom,cli/verdict-words}.ts',
    'app/style/{tokens.css,fonts/**}',
    'packages/*/{src/**,package.json}',
    'package-lock.json',
  ],
  output: 'app/static/verifier/quorate-verifier.html',
}

const releaseInputs = [
  'app/{booth,style}/**',
  'app/vite.one-file.ts',
  'packages/{kernel,ballots,record}/{src/**,package.json}',
  'package-lock.json',
]

/** The page that checks a tested device as one file for disks; the web build copies it among its static files. */
export const releaseFiles: Target = {
  name: 'release files',
  words: ['build', '-c', 'vite.release.config.ts'],
  inputs: [...releaseInputs, 'app/vite.release.config.ts'],
  output: 'app/static/release/quorate-check-ballot.html',
}

/** The trustees' program as one file for disks, likewise. */
const trusteeFile: Target = {
  name: 'trustee program',
  words: ['build', '-c', 'vite.trustee-file.config.ts'],
  inputs: [...releaseInputs, 'app/vite.trustee-file.config.ts'],
  output: 'app/static/release/quorate-trustee.html',
}

/** The registrar's program as one file for disks, likewise. It writes the letters that the server would mail, in the same words. */
export const registrarFile: Target = {
  name: 'registrar program',
  words: ['build', '-c', 'vite.registrar-file.config.ts'],
  inputs: [
    'app/{booth,registrar,style}/**',
    'app/src/lib/{features/elections,platform}/**/*.ts',
    'app/vite.{registrar-file.config,one-file}.ts',
    'packages/{kernel,ballots,record}/{src/**,package.json}',
    'package-lock.json',
  ],
  output: 'app/static/release/quorate-registrar.html',
}

/** The programs of one file that people save and open from disk. */
const programs: readonly Target[] = [offlineVerifier, releaseFiles, trusteeFile, registrarFile]

/** Where their fingerprints stand, as `sha256sum` writes and checks them; the web build copies it among its static files, and a page reads it. */
const fingerprintsFile = 'app/static/release/SHA256SUMS'

/** SHA-256 of every program that is built, in hex, by file name. */
const fingerprintsOf = (folder: string = root): readonly { readonly name: string; readonly sha256: string }[] =>
  programs
    .filter(({ output }) => existsSync(join(folder, output)))
    .map(({ output }) => ({
      name: basename(output),
      sha256: createHash('sha256')
        .update(readFileSync(join(folder, output)))
        .digest('hex'),
    }))

function writeFingerprints(): void {
  const text = fingerprintsOf()
    .map(({ name, sha256 }) => `${sha256}  ${name}\n`)
    .join('')
  const file = join(root, fingerprintsFile)
  mkdirSync(dirname(file), { recursive: true })
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text)
}

/** The script by which browsers compare checkpoints; likewise copied by the web build. */
export const recordWatch: Target = {
  name: 'watch of the record',
  words: ['build', '-c', 'vite.watch.config.ts'],
  inputs: ['app/watch/**', 'app/vite.watch.config.ts', 'packages/{kernel,record}/{src/**,package.json}', 'package-lock.json'],
  output: 'app/static/watch/watch.js',
}

/** The pages and the server that answers them. */
export const web: Target = {
  name: 'web pages',
  words: ['build'],
  inputs: [
    'app/{src,static,style}/**',
    'app/{vite.config.ts,package.json,tsconfig.json}',
    'packages/*/{src/**,package.json}',
    'rulebooks/**',
    'package-lock.json',
  ],
  output: 'app/build/handler.js',
}

/** SHA-256 over names and contents of a target's inputs. */
export function inputHash(target: Target, folder: string = root): string {
  const hash = createHash('sha256').update(JSON.stringify(target.words))
  const files = globSync([...target.inputs], { cwd: folder }).filter(
    (file) => !/\.test\.ts$/.test(file) && statSync(join(folder, file)).isFile(),
  )
  for (const file of files.sort()) hash.update(`\n${file}\n`).update(readFileSync(join(folder, file)))
  return hash.digest('hex')
}

const cache = join(root, 'node_modules', '.cache', 'quorate')
const stampFile = (target: Target): string => join(cache, `${target.name.replaceAll(' ', '-')}.stamp`)

const isBuilt = (target: Target, hash: string): boolean =>
  existsSync(join(root, target.output)) && existsSync(stampFile(target)) && readFileSync(stampFile(target), 'utf8') === hash

/** Runs a program of an installed package in the folder of the app; its output is shown only when it fails. */
function runInApp(words: readonly string[]): Promise<Result<null, string>> {
  const [program = '', ...rest] = words
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', program), ...rest], {
      cwd: join(root, 'app'),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (output += bytes.toString()))
    child.on('error', (error) => resolve(fail(error.message)))
    child.on('close', (status) => resolve(status === 0 ? ok(null) : fail(output)))
  })
}

/**
 * Has SvelteKit write the settings that `app/tsconfig.json` extends, if they are not there yet. Whoever reads a file of the app needs them, Vite and
 * Vitest too: a fresh checkout has none until its web pages are built, and those come last.
 */
export async function writeAppSettings(): Promise<Result<null, string>> {
  if (existsSync(join(root, 'app/node_modules/$app/tsconfig.json'))) return ok(null)
  return runInApp(['@sveltejs/kit/svelte-kit.js', 'sync'])
}

/** Builds what changed, or what changed of some targets. The failure is the build's own output. `say` hears what is being built. */
export async function buildChanged(
  say: (sentence: string) => void,
  targets: readonly Target[] = [booth, offlineVerifier, releaseFiles, trusteeFile, registrarFile, recordWatch, web],
): Promise<Result<null, string>> {
  mkdirSync(cache, { recursive: true })
  const turn = await lockAloneWithin(join(cache, 'build.lock'), 300_000)
  if (turn === 'held') return fail('another start has been building for five minutes; stop it and start again')
  try {
    const written = await writeAppSettings()
    if (written.kind === 'fail') return fail(`SvelteKit could not write its settings:\n${written.error}`)
    for (const target of targets) {
      if (target === web) writeFingerprints()
      const hash = inputHash(target)
      if (isBuilt(target, hash)) continue
      say(`building the ${target.name}`)
      rmSync(stampFile(target), { force: true })
      const built = await runInApp(['vite/bin/vite.js', ...target.words, '--logLevel', 'error'])
      if (built.kind === 'fail') return fail(`the ${target.name} could not be built:\n${built.error}`)
      writeFileSync(stampFile(target), hash)
    }
    return ok(null)
  } finally {
    turn.release()
  }
}

if (import.meta.main) {
  const built = await buildChanged((sentence) => process.stderr.write(`quorate: ${sentence}\n`))
  if (built.kind === 'fail') process.stderr.write(`quorate: ${built.error}\n`)
  else for (const { name, sha256 } of fingerprintsOf()) process.stdout.write(`${sha256}  ${name}\n`)
  process.exitCode = built.kind === 'ok' ? 0 : 1
}
