export type { Entry, EntryType } from './entry.ts'
