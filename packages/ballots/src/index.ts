export type { ElementFault, Engine, GroupName } from './engine.ts'
