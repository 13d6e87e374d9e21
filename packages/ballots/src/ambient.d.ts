// The part of WebAssembly that we use, for `lib` without DOM. Absent in a place without it, and forbidden by a policy without 'wasm-unsafe-eval'.
declare namespace WebAssembly {
  class Memory {
    readonly buffer: ArrayBuffer
    grow(pages: number): number
  }
  class Module {
    constructor(bytes: Uint8Array)
  }
  class Instance {
    constructor(module: Module)
    readonly exports: unknown
  }
}
