import type { CheckedFileFault } from '@quorate/ballots'
import type { Addressee, ListFault } from './address-list.ts'
import type { IssueFault, Keeping } from './keeping.ts'
import type { RegistrarTask } from './task.ts'

/** What can be wrong with something that was brought. `at` is where it was brought, so that the sentence stands there. */
export type Fault = {
  readonly at: 'file' | 'save' | 'task' | 'list' | 'make' | 'again'
  readonly what: CheckedFileFault | 'wrong passphrase' | 'short' | 'nobody' | 'device' | ListFault | IssueFault
}

/** What stands on the screen of the registrar's program. */
export type State = {
  /** The registrar's file, opened or begun; null before. */
  readonly keeping: Keeping | null
  /** Whether all of it stands in a file that was saved or opened: nothing goes out before. */
  readonly safe: boolean
  /** Text of a registrar's file that waits for its passphrase. */
  readonly locked: string | null
  readonly passphrase: string
  readonly task: RegistrarTask | null
  readonly list: ReadonlyMap<number, Addressee> | null
  readonly destroyed: boolean
  readonly busy: boolean
  readonly fault: Fault | null
}

/** What can be done on it. */
export type Tools = {
  readonly begin: () => void
  readonly chooseFile: (file: File) => void
  readonly unlock: (passphrase: string) => void
  readonly typePassphrase: (typed: string) => void
  readonly save: () => void
  readonly chooseTask: (file: File) => void
  readonly chooseList: (file: File) => void
  readonly make: () => void
  readonly savePublic: () => void
  readonly saveLetters: () => void
  readonly saveMerge: () => void
  readonly saveAgain: (number: string) => void
  readonly saveUsed: () => void
  readonly destroy: () => void
}
