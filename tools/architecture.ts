import { globSync, readFileSync } from 'node:fs'
import { dirname, join, matchesGlob, posix } from 'node:path'
import ts from 'typescript'

/** Content by path from the root of the checkout, `/` between folders. */
export type Tree = ReadonlyMap<string, string>
/** Something that ARCHITECTURE.md forbids. `rule` is one of {@link ruleNames}. */
export type Fault = { readonly rule: string; readonly where: string; readonly what: string }
/** `to` is a path of the tree where the import is ours, else the specifier as written. */
type Import = { readonly from: string; readonly to: string; readonly spelling: string; readonly ours: boolean }

/** Every source file that the rules speak of. */
export function readTree(root: string): Tree {
  const files = globSync(['packages/*/{src,test,testing}/**/*.ts', 'app/**/*.{ts,svelte,mjs}', 'tools/**/*.{ts,mjs}'], {
    cwd: root,
    exclude: (name) => ['node_modules', 'build', '.svelte-kit', 'static'].includes(name),
  })
  return new Map(files.map((file) => [file.replaceAll('\\', '/'), readFileSync(join(root, file), 'utf8')]))
}

const isTest = (file: string): boolean => /\.(test|spec|nightly)\.ts$|\/(test|testing)\//.test(file)
const packageOf = (file: string): string | undefined => /^packages\/([^/]+)\//.exec(file)?.[1]
const featureOf = (file: string): string | undefined => /^app\/src\/lib\/features\/([^/]+)\//.exec(file)?.[1]
const isPage = (file: string): boolean => /^app\/src\/(routes\/|hooks\.|app\.d\.ts)/.test(file)
const assembly = 'app/src/lib/assembly.ts'

function resolve(from: string, spelling: string): Import {
  const bare = spelling.replace(/\?.*$/, '')
  const [, name, door = 'index'] = /^@quorate\/(\w+)(?:\/(\w+))?$/.exec(bare) ?? []
  const to =
    name !== undefined
      ? `packages/${name}/src/${door}.ts`
      : bare.startsWith('#lib/')
        ? bare.replace('#lib/', 'app/src/lib/')
        : bare.startsWith('#tools/')
          ? bare.replace('#tools/', 'tools/')
          : bare.startsWith('.')
            ? posix.join(dirname(from), bare)
            : null
  return { from, to: to ?? bare, spelling, ours: to !== null }
}

/** Static, dynamic and type imports; re-exports; `import.meta.glob`. Of a Svelte file, those of its scripts. */
function importsOf(tree: Tree, from: string): readonly Import[] {
  const text = tree.get(from) ?? ''
  const code = from.endsWith('.svelte') ? [...text.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map((m) => m[1]).join('\n') : text
  const named = ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => resolve(from, fileName))
  const globs = [...code.matchAll(/import\.meta\.glob(?:<[^(]*>)?\(\s*(\[[^\]]*\]|'[^']*')/g)].flatMap((m) =>
    [...(m[1] ?? '').matchAll(/'([^']+)'/g)].map((quoted) => posix.join(dirname(from), quoted[1] ?? '')),
  )
  const found = globs.flatMap((glob) => [...tree.keys()].filter((file) => matchesGlob(file, glob) && file !== from))
  return [...named, ...found.map((to) => ({ from, to, spelling: to, ours: true }))]
}

type Rule = {
  readonly name: string
  /** Which files it binds. */
  readonly binds: (file: string) => boolean
  readonly forbids: (each: Import) => boolean
}
const source = (pattern: RegExp) => (file: string) => pattern.test(file) && !isTest(file)
const isOneOf = (file: string, ...packages: string[]): boolean => packages.includes(packageOf(file) ?? '')

/** A trustee's device judges the ballot box on the public record; voters load nothing of it. */
const trusteesRecord = 'app/booth/src/record-evidence.ts'

const rules: readonly Rule[] = [
  {
    name: 'kernel imports nothing',
    binds: source(/^packages\/kernel\//),
    forbids: ({ to }) => !isOneOf(to, 'kernel'),
  },
  {
    name: 'a package imports kernel alone',
    binds: source(/^packages\/(rulebook|counting|ballots|record)\//),
    forbids: ({ from, to, ours }) => {
      return ours ? !isOneOf(to, 'kernel', packageOf(from) ?? '') : !to.startsWith('@noble/')
    },
  },
  {
    name: 'the verifier imports packages alone',
    binds: source(/^packages\/verifier\//),
    forbids: ({ to, ours }) => (ours ? packageOf(to) === undefined : !to.startsWith('@noble/')),
  },
  {
    name: 'the checker of count certificates imports kernel alone',
    binds: source(/^packages\/verifier\/src\/(counts|count-certificate|constraint-certificate|counted-papers|difference)/),
    forbids: ({ to }) => isOneOf(to, 'counting', 'rulebook', 'ballots', 'record'),
  },
  {
    name: 'no package imports the app',
    binds: (file) => file.startsWith('packages/'),
    forbids: ({ to, ours }) => ours && to.startsWith('app/'),
  },
  {
    name: 'the booth imports kernel, ballots and looks alone',
    binds: source(/^app\/booth\//),
    forbids: ({ from, to, ours }) =>
      !ours ||
      !(
        /^app\/(booth|style)\//.test(to) ||
        isOneOf(to, 'kernel', 'ballots') ||
        (from === trusteesRecord && isOneOf(to, 'record'))
      ),
  },
  {
    name: 'the offline verifier imports packages, and no part of the server',
    binds: source(/^app\/verifier\//),
    forbids: ({ to, ours }) =>
      !ours || !/^(app\/(verifier\/|booth\/src\/dom\.ts|cli\/verdict-words\.ts|style\/tokens\.css)|packages\/)/.test(to),
  },
  {
    name: 'the registrar’s program imports packages, looks and words, and no part of the server',
    binds: source(/^app\/registrar\//),
    forbids: ({ to, ours }) =>
      !ours ||
      !(
        /^app\/(registrar\/|booth\/src\/(booth-messages|dom|frame|messages|page)\.ts|booth\/src\/(booth|parts)\.css)/.test(to) ||
        [
          'app/src/lib/features/elections/words.ts',
          'app/src/lib/platform/words.ts',
          'app/src/lib/platform/mail/letter.ts',
        ].includes(to) ||
        isOneOf(to, 'kernel', 'ballots', 'record')
      ),
  },
  {
    name: 'the watch of the record imports kernel and record alone',
    binds: source(/^app\/watch\//),
    forbids: ({ to, ours }) => !ours || !(to.startsWith('app/watch/') || isOneOf(to, 'kernel', 'record')),
  },
  {
    name: 'platform stands below features and pages',
    binds: source(/^app\/src\/lib\/platform\//),
    forbids: ({ to, ours }) => ours && !to.startsWith('app/src/lib/platform/') && packageOf(to) === undefined,
  },
  {
    name: 'a feature stands below pages',
    binds: source(/^app\/src\/lib\/features\//),
    forbids: ({ from, to, ours }) =>
      ours &&
      !/^(app\/src\/lib\/(features|platform)|packages|rulebooks)\//.test(to) &&
      // The demonstration's voters run the booth's own client: that is what makes them worth watching.
      !(featureOf(from) === 'demo' && to.startsWith('app/booth/src/')),
  },
  {
    name: 'a feature is entered by its index.ts',
    binds: (file) => file.startsWith('app/') && file !== assembly && !isTest(file),
    forbids: ({ from, to, spelling }) => {
      const feature = featureOf(to)
      if (feature === undefined || feature === featureOf(from)) return false
      // A component cannot pass through index.ts, which Node loads too: pages name it.
      if (isPage(from) && to.endsWith('.svelte')) return false
      // Its words alone are a second door: commands load them without a database.
      return spelling !== `#lib/features/${feature}/index.ts` && spelling !== `#lib/features/${feature}/words.ts`
    },
  },
  {
    name: 'only pages import the demonstration',
    binds: (file) => file.startsWith('app/') && file !== assembly && !isTest(file) && !isPage(file),
    forbids: ({ from, to }) => featureOf(to) === 'demo' && featureOf(from) !== 'demo',
  },
  {
    // The verifier owns the form of a dossier, and the feature writes dossiers.
    name: 'the feature record knows record and verifier alone',
    binds: source(/^app\/src\/lib\/features\/record\//),
    forbids: ({ to }) => isOneOf(to, 'rulebook', 'counting', 'ballots') || (featureOf(to) ?? 'record') !== 'record',
  },
  {
    name: 'the feature rulebooks knows the rulebook alone',
    binds: source(/^app\/src\/lib\/features\/rulebooks\//),
    forbids: ({ to }) =>
      isOneOf(to, 'record', 'counting', 'ballots', 'verifier') || !['rulebooks', 'record'].includes(featureOf(to) ?? 'record'),
  },
  {
    name: 'tools import kernel alone',
    binds: source(/^tools\//),
    forbids: ({ to, ours }) => ours && !to.startsWith('tools/') && !isOneOf(to, 'kernel'),
  },
]

const together = 'only elections and motions bring packages together'
const rings = 'no cycles between files'
const purity = 'packages are pure'
const drawing = 'ARCHITECTURE.md names every folder'
/** All rules, for the test that each one has a case which it must catch. */
export const ruleNames: readonly string[] = [...rules.map(({ name }) => name), together, rings, purity, drawing]

/** Rulebook, counting, ballots and record meet in two features only, and where a trustee's device checks; elsewhere a folder or a page knows one of them. */
function meetings(imports: readonly Import[]): readonly Fault[] {
  const known = new Map<string, Set<string>>()
  for (const { from, to } of imports) {
    const unit = /^app\/src\/lib\/(features\/[^/]+|platform)\//.exec(from)?.[0] ?? from
    if (!from.startsWith('app/') || isTest(from) || from === trusteesRecord || /\/(elections|motions)\/$/.test(unit)) continue
    if (isOneOf(to, 'rulebook', 'counting', 'ballots', 'record'))
      known.set(unit, (known.get(unit) ?? new Set()).add(packageOf(to) ?? ''))
  }
  return [...known]
    .filter(([, names]) => names.size > 1)
    .map(([where, names]) => ({ rule: together, where, what: [...names].join(' and ') }))
}

/** Strongly connected files (Tarjan 1972): each ring once, type imports counted. */
function cycles(imports: readonly Import[]): readonly Fault[] {
  const next = Map.groupBy(
    imports.filter(({ ours }) => ours),
    ({ from }) => from,
  )
  const seen = new Map<string, { readonly index: number; low: number; open: boolean }>()
  const path: string[] = []
  const faults: Fault[] = []
  const visit = (file: string): number => {
    const here = { index: seen.size, low: seen.size, open: true }
    seen.set(file, here)
    path.push(file)
    for (const { to } of next.get(file) ?? []) {
      const there = seen.get(to)
      if (there === undefined) here.low = Math.min(here.low, visit(to))
      else if (there.open) here.low = Math.min(here.low, there.index)
    }
    if (here.low < here.index) return here.low
    const ring = path.splice(path.indexOf(file))
    for (const each of ring) Object.assign(seen.get(each) ?? {}, { open: false })
    const bites = ring.length > 1 || (next.get(file) ?? []).some(({ to }) => to === file)
    if (bites) faults.push({ rule: rings, where: ring[0] ?? file, what: ring.join(' -> ') })
    return here.low
  }
  for (const file of next.keys()) if (!seen.has(file)) visit(file)
  return faults
}

/** What would let a package see the clock, randomness, the machine or a page. A local variable of the same name is no fault. */
const forbiddenNames = new Set(
  (
    'process crypto fetch performance globalThis window self document navigator location localStorage sessionStorage indexedDB ' +
    'XMLHttpRequest WebSocket EventSource Worker Buffer require setTimeout setInterval setImmediate queueMicrotask console alert'
  ).split(' '),
)

/** What one pure file reaches for that it may not have. */
function impurities(file: string, text: string): readonly Fault[] {
  const faults: Fault[] = []
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const declared = new Set<string>()
  const used: ts.Identifier[] = []
  const fault = (node: ts.Node): void => {
    const { line } = parsed.getLineAndCharacterOfPosition(node.getStart())
    faults.push({ rule: purity, where: `${file}:${line + 1}`, what: node.getText().split('\n')[0] ?? '' })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return
    if (ts.isIdentifier(node) && forbiddenNames.has(node.text)) {
      const { parent } = node
      const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node
      const isKey = ts.isPropertyAssignment(parent) && parent.name === node
      if ('name' in parent && parent.name === node && !isMember && !isKey && !ts.isShorthandPropertyAssignment(parent))
        declared.add(node.text)
      else if (!isMember && !isKey) used.push(node)
    }
    if (ts.isPropertyAccessExpression(node) && /^(Date\.now|Math\.random)$/.test(node.getText())) fault(node)
    if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments ?? []).length === 0) fault(node)
    if (ts.isCallExpression(node) && node.expression.getText() === 'Date') fault(node)
    ts.forEachChild(node, visit)
  }
  visit(parsed)
  for (const node of used) if (!declared.has(node.text)) fault(node.parent)
  return faults
}

/** The folders drawn in the first block of ARCHITECTURE.md: two blanks a level, names ending in `/`. */
function drawnFolders(text: string): ReadonlySet<string> {
  const drawn = new Set<string>()
  const path: string[] = []
  for (const line of (/```\n(.*?)```/s.exec(text)?.[1] ?? '').split('\n')) {
    const [, indent = '', name] = /^( *)([\w.-]+(?:\/[\w.-]+)*)\//.exec(line) ?? []
    if (name === undefined) continue
    path.splice(indent.length / 2)
    path.push(name)
    drawn.add(path.join('/'))
  }
  return drawn
}

/** Folders down to two levels, and each feature: what a newcomer sees and must find explained; and nothing drawn that is not there. */
export function undrawn(architecture: string, files: readonly string[]): readonly Fault[] {
  const drawn = drawnFolders(architecture)
  const folders = new Set(
    files.flatMap((file) => {
      const parts = file.split('/').slice(0, -1)
      const feature = featureOf(file)
      const top = [parts.slice(0, 1), parts.slice(0, 2)].map((each) => each.join('/')).filter((each) => each !== '')
      return feature === undefined ? top : [...top, `app/src/lib/features/${feature}`]
    }),
  )
  const missing = [...folders].filter((folder) => !drawn.has(folder))
  const gone = [...drawn].filter((folder) => !files.some((file) => file.startsWith(`${folder}/`)))
  return [
    ...missing.map((where) => ({ rule: drawing, where, what: 'is not drawn' })),
    ...gone.map((where) => ({ rule: drawing, where, what: 'is drawn and does not exist' })),
  ]
}

/** Everything in the tree that the import rules forbid. */
export function faultsIn(tree: Tree): readonly Fault[] {
  const imports = [...tree.keys()].flatMap((file) => importsOf(tree, file))
  const broken = rules.flatMap(({ name, binds, forbids }) =>
    imports
      .filter((each) => binds(each.from) && forbids(each))
      .map(({ from, spelling }) => ({ rule: name, where: from, what: spelling })),
  )
  const pure = [...tree].filter(([file]) => packageOf(file) !== undefined && !isTest(file))
  return [...broken, ...meetings(imports), ...cycles(imports), ...pure.flatMap(([file, text]) => impurities(file, text))]
}
