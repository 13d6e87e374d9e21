import { parentPort, workerData } from 'node:worker_threads'
import { engineOf, fastEd25519, type Element } from '@quorate/ballots'
import { modexp } from './modexp.ts'
import type { KeysToRead } from './keys-ahead.ts'

// Reads its share of the keys and ends. What is no key is left out: whoever asked finds that by itself, and says why.
const { group, texts } = workerData as KeysToRead // handed over by keys-ahead.ts
const engine = engineOf(group, { modexp, wasm: fastEd25519 })
const found = texts.map((text): Element | null => {
  const element = engine.decode(text)
  return element.kind === 'ok' ? element.value : null
})
parentPort?.postMessage(found)
